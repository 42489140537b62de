package io.colonnade.cluster;

import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Carries an order to another member and runs it there. */
final class RemoteOrder implements Callable<Boolean>, HazelcastInstanceAware, Serializable {
    private static final long serialVersionUID = 1;
    private static final String HANDLER = "orders";

    /** How long the member may take to answer. */
    static final long SECONDS = 5;

    private final Order order;
    private transient Function<Order, Future<Void>> handler = RemoteOrder::unready;

    private RemoteOrder(Order order) {
        this.order = order;
    }

    /** Sets the handler that carries out what is asked of this member. */
    static void handledBy(HazelcastInstance hazelcast, Function<Order, Future<Void>> handler) {
        hazelcast.getUserContext().put(HANDLER, handler);
    }

    static Future<Void> send(HazelcastInstance hazelcast, String memberName, Order order) {
        var member = hazelcast.getCluster().getMembers().stream()
                .filter(listed -> memberName.equals(listed.getAttribute(ListedMember.NAME)))
                .findFirst();
        if (member.isEmpty()) {
            return Future.failedFuture("there is no member \"" + memberName + "\"; status lists them");
        }
        var answer = Promise.<Boolean>promise();
        hazelcast
                .getExecutorService(HazelcastSettings.COMMANDS)
                .submitToMember(new RemoteOrder(order), member.get(), new Answer(answer));
        return answer.future().timeout(2 * SECONDS, TimeUnit.SECONDS).mapEmpty();
    }

    private record Answer(Promise<Boolean> promise) implements ExecutionCallback<Boolean> {
        @Override
        public void onResponse(Boolean done) {
            promise.tryComplete(done);
        }

        @Override
        public void onFailure(Throwable cause) {
            promise.tryFail(cause);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the context's only entry of that name is put above
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        var set = hazelcast.getUserContext().get(HANDLER);
        handler = set == null ? RemoteOrder::unready : (Function<Order, Future<Void>>) set;
    }

    @Override
    public Boolean call() throws Exception {
        try {
            handler.apply(order).toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException failed) {
            // The cause's class may be one that the other member cannot read.
            throw new IllegalStateException(String.valueOf(failed.getCause()));
        }
    }

    private static Future<Void> unready(Order order) {
        return Future.failedFuture("the node is starting; try again when it is ready");
    }
}
