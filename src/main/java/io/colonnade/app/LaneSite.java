package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One site on one lane. If the site cannot start, because its database is away or its code fails, it is started again and
 * again, after pauses of 250 ms to 8 s, until it has started or the lane is closed.
 */
final class LaneSite {
    private static final Logger log = LoggerFactory.getLogger(LaneSite.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    enum State {
        STARTING,
        READY,
        FAILED,
        STOPPED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SiteCode code;
    private final ContextInternal lane;
    private final Supplier<SiteInstance> newInstance;
    private final LongAdder served = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile State state = State.STARTING;
    private @Nullable SiteInstance instance;
    private Duration pause = FIRST_PAUSE;

    LaneSite(SiteCode code, ContextInternal lane, Supplier<SiteInstance> newInstance) {
        this.code = code;
        this.lane = lane;
        this.newInstance = newInstance;
    }

    String name() {
        return code.name();
    }

    State state() {
        return state;
    }

    long served() {
        return served.sum();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Tries to start the site. The future completes when the first try is over, and never fails. */
    Future<Void> start() {
        var migrated = lane.<Void>promise();
        code.migrate().onComplete(migrated);
        return migrated.future()
                .compose(v -> startInstance())
                .onFailure(this::failed)
                .otherwiseEmpty();
    }

    Future<Void> handle(Exchange exchange) {
        if (state != State.READY || instance == null) {
            return Future.failedFuture(unavailable());
        }
        inFlight.getAndIncrement();
        return instance.handle(exchange).onComplete(done -> {
            inFlight.getAndDecrement();
            served.increment();
        });
    }

    Future<Void> close() {
        state = State.STOPPED;
        var running = instance;
        instance = null;
        return running == null ? Future.succeededFuture() : running.close();
    }

    private Future<Void> startInstance() {
        if (state == State.STOPPED) {
            return Future.succeededFuture();
        }
        var starting = newInstance.get();
        return starting.start().onSuccess(v -> started(starting)).onFailure(thrown -> starting.close());
    }

    private void started(SiteInstance running) {
        if (state == State.STOPPED) {
            running.close();
            return;
        }
        if (state == State.FAILED) {
            log.info("site {} has started now", name());
        }
        instance = running;
        state = State.READY;
    }

    private void failed(Throwable cause) {
        if (state == State.STOPPED) {
            return;
        }
        if (state == State.STARTING) {
            log.warn("site {} cannot start yet; the node tries again until it starts", name(), cause);
        }
        state = State.FAILED;
        lane.setTimer(pause.toMillis(), v -> start());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private Failure unavailable() {
        return new Failure(
                Kind.SITE_UNAVAILABLE, Progress.NOTHING, "site " + name() + " is " + state.label() + " on this node");
    }
}
