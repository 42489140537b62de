package io.colonnade.cluster;

import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Carries an order to another member and runs it there. On its way the order is JSON, which a member of another version reads too;
 * that version then says whether it knows such an order.
 */
final class RemoteOrder implements Callable<Boolean>, HazelcastInstanceAware, IdentifiedDataSerializable {
    /** Of the factory {@link CompareAndSet#FACTORY}. */
    static final int TYPE = 2;

    private static final String HANDLER = "orders";

    /** Nodes of the protocol before read orders only of their own version. */
    private static final int FIRST_PROTOCOL = 3;

    /** How long the member may take to answer. */
    static final long SECONDS = 5;

    private String json = "";
    private Function<Order, Future<Void>> handler = RemoteOrder::unready;

    /** For Hazelcast, which then calls {@link #readData}. */
    RemoteOrder() {}

    private RemoteOrder(Order order) {
        this.json = order.toJson().encode();
    }

    /** Sets the handler that carries out what is asked of this member. */
    static void handledBy(HazelcastInstance hazelcast, Function<Order, Future<Void>> handler) {
        hazelcast.getUserContext().put(HANDLER, handler);
    }

    static Future<Void> send(HazelcastInstance hazelcast, String memberName, Order order) {
        var found = hazelcast.getCluster().getMembers().stream()
                .filter(listed -> memberName.equals(listed.getAttribute(ListedMember.NAME)))
                .findFirst();
        if (found.isEmpty()) {
            return Future.failedFuture("there is no member \"" + memberName + "\"; status lists them");
        }
        var member = found.get();
        if (ListedMember.protocol(member) < FIRST_PROTOCOL) {
            return Future.failedFuture("it runs a version that takes orders only at its own admin port; ask there");
        }
        var answer = Promise.<Boolean>promise();
        hazelcast
                .getExecutorService(HazelcastSettings.COMMANDS)
                .submitToMember(new RemoteOrder(order), member, new Answer(answer));
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
            var order = Order.fromJson(json);
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

    @Override
    public int getFactoryId() {
        return CompareAndSet.FACTORY;
    }

    @Override
    public int getClassId() {
        return TYPE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(json);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        json = String.valueOf(in.readString());
    }
}
