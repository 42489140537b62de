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

/** A drain, or its end, asked of another member and carried out there. */
final class Drain implements Callable<Boolean>, HazelcastInstanceAware, Serializable {
    private static final long serialVersionUID = 1;
    private static final String HANDLER = "drain";

    /** How long the member may take to answer. */
    static final long SECONDS = 5;

    private final boolean draining;
    private transient Function<Boolean, Future<Void>> handler = Drain::unready;

    Drain(boolean draining) {
        this.draining = draining;
    }

    /** Sets who carries out what is asked of this member. */
    static void handledBy(HazelcastInstance hazelcast, Function<Boolean, Future<Void>> handler) {
        hazelcast.getUserContext().put(HANDLER, handler);
    }

    static Future<Void> request(HazelcastInstance hazelcast, String memberName, boolean draining) {
        var member = hazelcast.getCluster().getMembers().stream()
                .filter(listed -> memberName.equals(listed.getAttribute(Joined.NAME)))
                .findFirst();
        if (member.isEmpty()) {
            return Future.failedFuture("there is no member \"" + memberName + "\"; status lists them");
        }
        var answer = Promise.<Boolean>promise();
        hazelcast
                .getExecutorService(HazelcastSettings.COMMANDS)
                .submitToMember(new Drain(draining), member.get(), new Answer(answer));
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
        handler = set == null ? Drain::unready : (Function<Boolean, Future<Void>>) set;
    }

    @Override
    public Boolean call() throws Exception {
        try {
            handler.apply(draining).toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            return draining;
        } catch (ExecutionException failed) {
            // The cause's class may be one that the other member cannot read.
            throw new IllegalStateException(String.valueOf(failed.getCause()));
        }
    }

    private static Future<Void> unready(boolean draining) {
        return Future.failedFuture("the node is starting; try again when it is ready");
    }
}
