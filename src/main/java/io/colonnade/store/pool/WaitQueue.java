package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gives a limited number of statements a turn at once, while the others wait in a queue. The client's own pool has such a queue, but a
 * pool that is closed just after a statement has given up waiting loses the other statements (Vert.x 5.0.10: {@code
 * SqlConnectionPool} fails with a {@code NullPointerException}).
 *
 * <p>Any thread may call.
 */
final class WaitQueue {
    private final Vertx vertx;
    private int most;
    private final int mostWaiting;
    private final Duration timeLimit;
    private final Set<Promise<Void>> waiting = new LinkedHashSet<>();
    private int taken;

    /** @param timeLimit for waiting */
    WaitQueue(Vertx vertx, int most, int mostWaiting, Duration timeLimit) {
        this.vertx = vertx;
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.timeLimit = timeLimit;
    }

    /** Waits for a turn. Fails with {@link TimeoutException}, or with {@link ConnectionPoolTooBusyException} if the queue is full. */
    Future<Void> take() {
        return take(timeLimit);
    }

    /** As {@link #take()}, with a time limit of its own. */
    Future<Void> take(Duration within) {
        Promise<Void> turn;
        synchronized (this) {
            if (taken < most) {
                taken++;
                return Future.succeededFuture();
            }
            if (waiting.size() >= mostWaiting) {
                return Future.failedFuture(new ConnectionPoolTooBusyException(
                        mostWaiting + " statements wait for one of " + most + " connections already"));
            }
            turn = ((ContextInternal) vertx.getOrCreateContext()).promise();
            waiting.add(turn);
        }
        var timer = vertx.setTimer(Math.max(1, within.toMillis()), id -> giveUp(turn, within));
        return turn.future().onComplete(v -> vertx.cancelTimer(timer));
    }

    private void giveUp(Promise<Void> turn, Duration waited) {
        boolean inLine;
        int all;
        synchronized (this) {
            inLine = waiting.remove(turn);
            all = most;
        }
        if (inLine) {
            turn.fail(
                    new TimeoutException("none of " + all + " connections was free for " + waited.toMillis() + " ms"));
        }
    }

    /** Changes how many turns there are at once; those that are taken are not taken back. */
    void limit(int turns) {
        synchronized (this) {
            most = turns;
        }
        for (var next = first(); next != null; next = first()) {
            next.complete();
        }
    }

    /** The first in the queue, if there is a turn for it. */
    private synchronized @Nullable Promise<Void> first() {
        var line = waiting.iterator();
        if (taken >= most || !line.hasNext()) {
            return null;
        }
        taken++;
        var first = line.next();
        line.remove();
        return first;
    }

    /** Ends a turn, which passes to the next statement in the queue. */
    void giveBack() {
        var next = next();
        if (next != null) {
            next.complete();
        }
    }

    private synchronized @Nullable Promise<Void> next() {
        taken--;
        return first();
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
