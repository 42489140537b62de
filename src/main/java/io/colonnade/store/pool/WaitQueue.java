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
    private final int most;
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
        var timer = vertx.setTimer(timeLimit.toMillis(), id -> giveUp(turn));
        return turn.future().onComplete(v -> vertx.cancelTimer(timer));
    }

    private void giveUp(Promise<Void> turn) {
        boolean inLine;
        synchronized (this) {
            inLine = waiting.remove(turn);
        }
        if (inLine) {
            turn.fail(new TimeoutException(
                    "none of " + most + " connections was free for " + timeLimit.toMillis() + " ms"));
        }
    }

    /** Ends a turn, which passes to the next statement in the queue. */
    void giveBack() {
        var next = next();
        if (next != null) {
            next.complete();
        }
    }

    private synchronized @Nullable Promise<Void> next() {
        var line = waiting.iterator();
        if (!line.hasNext()) {
            taken--;
            return null;
        }
        var next = line.next();
        line.remove();
        return next;
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
