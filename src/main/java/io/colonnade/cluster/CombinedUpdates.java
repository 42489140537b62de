package io.colonnade.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Combines the changes of an entry that arrive while one is being made: the next round makes them together (D. Hendler et al.,
 * Flat Combining and the Synchronization-Parallelism Tradeoff, 2010). Made one by one, each change would undo the attempts of
 * all others: a hundred parallel requests of one session ran into the time limit.
 *
 * <p>Any thread may call.
 */
final class CombinedUpdates {
    private final Round round;

    /** A key is present while a round of it runs, with the changes that wait for the next one. */
    private final Map<String, List<Change>> waiting = new HashMap<>();

    /**
     * Makes changes of one entry; completes when the round is over. {@link Change#made} or {@link Change#failed} tells each
     * change.
     */
    interface Round {
        Future<?> run(String key, List<Change> changes);
    }

    CombinedUpdates(Round round) {
        this.round = round;
    }

    /** Completes on the context of the caller, with the value that this change has made. */
    Future<@Nullable Buffer> change(String key, Function<@Nullable Buffer, @Nullable Buffer> how) {
        var change = new Change(how);
        synchronized (this) {
            var line = waiting.get(key);
            if (line != null) {
                line.add(change);
                return change.promise.future();
            }
            waiting.put(key, new ArrayList<>());
        }
        run(key, List.of(change));
        return change.promise.future();
    }

    private void run(String key, List<Change> changes) {
        round.run(key, changes)
                .onFailure(cause -> changes.forEach(change -> change.failed(cause)))
                .onComplete(over -> runNext(key));
    }

    private void runNext(String key) {
        List<Change> line;
        synchronized (this) {
            line = waiting.remove(key);
            if (line == null || line.isEmpty()) {
                return;
            }
            waiting.put(key, new ArrayList<>());
        }
        run(key, line);
    }

    /** One change. It remembers the value that it makes until it is known whether that value was stored. */
    static final class Change {
        private final Function<@Nullable Buffer, @Nullable Buffer> how;
        private final Promise<@Nullable Buffer> promise;
        private @Nullable Buffer value;

        private Change(Function<@Nullable Buffer, @Nullable Buffer> how) {
            this.how = how;
            var context = (ContextInternal) Vertx.currentContext();
            this.promise = context == null ? Promise.promise() : context.promise();
        }

        /** Applied to what the change before it has made; one that throws fails, and changes nothing. */
        @Nullable
        Buffer applyTo(@Nullable Buffer before) {
            if (promise.future().isComplete()) {
                return before;
            }
            try {
                value = how.apply(before);
                return value;
            } catch (RuntimeException thrown) {
                failed(thrown);
                return before;
            }
        }

        void made() {
            promise.tryComplete(value);
        }

        void failed(Throwable cause) {
            promise.tryFail(cause);
        }
    }
}
