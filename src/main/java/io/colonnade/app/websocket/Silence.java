package io.colonnade.app.websocket;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client says nothing: then it is asked, and if it goes on to say nothing while nothing is said to it, it is
 * taken for gone. Used on the connection's event loop.
 */
final class Silence {
    /** How soon it is looked again if the client cannot be asked now, or if asking is off at present. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<Duration> allowed;
    private final long answerNanos;
    private @Nullable EventExecutor loop;
    private @Nullable Future<?> timer;
    private long heardAt;
    private long spokenAt;
    private long askedAt;
    private boolean asked;

    /** @param allowed how long a client may say nothing before it is asked; zero for ever */
    Silence(Supplier<Duration> allowed, long answerNanos) {
        this.allowed = allowed;
        this.answerNanos = answerNanos;
    }

    /**
     * @param ask asks the client, and tells whether that was possible
     * @param gone is called once, at the latest with the last check
     */
    void begin(EventExecutor executor, BooleanSupplier ask, Runnable gone) {
        loop = executor;
        heardAt = now();
        spokenAt = heardAt;
        checkIn(allowedNanos() > 0 ? allowedNanos() : AGAIN_NANOS, ask, gone);
    }

    void heard() {
        heardAt = now();
    }

    void spoken() {
        spokenAt = now();
    }

    void end() {
        if (timer != null) {
            timer.cancel(false);
        }
        loop = null;
    }

    private void check(BooleanSupplier ask, Runnable gone) {
        if (asked && heardAt - askedAt < 0 && spokenAt - askedAt <= 0) {
            gone.run();
            return;
        }
        asked = false;
        var limit = allowedNanos();
        var left = heardAt + limit - now();
        if (limit == 0) {
            checkIn(AGAIN_NANOS, ask, gone);
        } else if (left > 0) {
            checkIn(left, ask, gone);
        } else if (ask.getAsBoolean()) {
            asked = true;
            askedAt = now();
            checkIn(Math.min(limit, answerNanos), ask, gone);
        } else {
            checkIn(AGAIN_NANOS, ask, gone);
        }
    }

    private void checkIn(long nanos, BooleanSupplier ask, Runnable gone) {
        if (loop != null) {
            timer = loop.schedule(() -> check(ask, gone), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private long allowedNanos() {
        return allowed.get().toNanos();
    }

    private long now() {
        return loop == null ? 0 : loop.ticker().nanoTime();
    }
}
