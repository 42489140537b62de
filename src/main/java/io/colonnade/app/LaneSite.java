package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One site on one lane. If the site cannot start, because its database is away or its code fails, it is started again and
 * again, after pauses of 250 ms to 8 s, until it has started or the lane is closed.
 */
final class LaneSite implements SitesHealth.OnLane {
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
    private final Runnable onChange;
    private final Promise<Void> startEnded = Promise.promise();
    private final LongAdder served = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile State state = State.STARTING;
    private volatile @Nullable Throwable failure;
    private @Nullable SiteInstance instance;
    private Duration pause = FIRST_PAUSE;

    /** @param onChange called on the lane's event loop when the site has started, and whenever its start has failed */
    LaneSite(SiteCode code, ContextInternal lane, Supplier<SiteInstance> newInstance, Runnable onChange) {
        this.code = code;
        this.lane = lane;
        this.newInstance = newInstance;
        this.onChange = onChange;
    }

    String name() {
        return code.name();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    long served() {
        return served.sum();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Starts the site. The future completes when the site has started, or when it is closed before that; it never fails. */
    Future<Void> start() {
        tryToStart();
        return startEnded.future();
    }

    private void tryToStart() {
        var migrated = lane.<Void>promise();
        code.migrate().onComplete(migrated);
        migrated.future().compose(v -> startInstance()).onFailure(this::failed);
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
        startEnded.tryComplete();
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
        instance = running;
        failure = null;
        state = State.READY;
        onChange.run();
        startEnded.tryComplete();
    }

    private void failed(Throwable cause) {
        if (state == State.STOPPED) {
            return;
        }
        failure = cause;
        state = State.FAILED;
        onChange.run();
        lane.setTimer(pause.toMillis(), v -> tryToStart());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private Failure unavailable() {
        return new Failure(
                Kind.SITE_UNAVAILABLE, Progress.NOTHING, "site " + name() + " is " + state.label() + " on this node");
    }
}
