package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One site on one lane. If the site cannot start, because its database is away or its code fails, {@link Restarts} has it started
 * again until it has started or the lane is closed.
 */
final class LaneSite implements SitesHealth.OnLane, Restarts.Lane {
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
    private final Restarts restarts;
    private final Runnable onChange;
    private final Promise<Void> startEnded = Promise.promise();
    private final LongAdder served = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile State state = State.STARTING;
    private volatile @Nullable Throwable failure;
    private @Nullable SiteInstance instance;

    /** @param onChange called on the lane's event loop when the site has started, and whenever its start has failed */
    LaneSite(
            SiteCode code,
            ContextInternal lane,
            Supplier<SiteInstance> newInstance,
            Restarts restarts,
            Runnable onChange) {
        this.code = code;
        this.lane = lane;
        this.newInstance = newInstance;
        this.restarts = restarts;
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

    /**
     * Starts the site. The future completes when the site has started, when it is closed before that, or when it cannot start before
     * its jar is another; it never fails.
     */
    Future<Void> start() {
        tryToStart();
        return startEnded.future();
    }

    @Override
    public void startAgain() {
        lane.runOnContext(v -> tryToStart());
    }

    @Override
    public void failedAgain(Throwable cause) {
        lane.runOnContext(v -> failed(cause));
    }

    private void tryToStart() {
        if (state == State.STOPPED) {
            return;
        }
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
        restarts.forget(this);
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
        restarts.failed(this, cause);
        if (Restarts.isFinal(cause)) {
            startEnded.tryComplete();
        }
    }

    private Failure unavailable() {
        return new Failure(
                Kind.SITE_UNAVAILABLE, Progress.NOTHING, "site " + name() + " is " + state.label() + " on this node");
    }
}
