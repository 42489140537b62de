package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.State;
import io.colonnade.core.DrainWindow;
import io.colonnade.node.lane.Parts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the node out of the selection and puts it back in. When the node stops, waits for the exchanges that still run. */
final class Draining {
    private static final Logger log = LoggerFactory.getLogger(Draining.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int SPREAD_PERCENT = 90;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Parts parts;
    private volatile Duration timeLimit;
    private volatile boolean stopping;

    Draining(Vertx vertx, Cluster cluster, Parts parts) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.parts = parts;
        this.timeLimit = parts.config().drainTimeout();
    }

    /** Sets how long running exchanges may take to finish when the node stops. */
    void timeLimit(Duration newTimeLimit) {
        timeLimit = newTimeLimit;
    }

    /** Begins or ends draining. Completes when the state is announced and the public port acts on it. Fails if the node is stopping. */
    Future<Void> drain(boolean on) {
        if (stopping) {
            return Future.failedFuture("the node is stopping; start it again instead");
        }
        log.info(on ? "draining: this node gets no new exchanges" : "ready again");
        cluster.announce(on ? State.DRAINING : State.READY);
        var window = window(timeLimit);
        parts.transport().drain(on ? window : null);
        return parts.tiers()
                .publicPort()
                .map(port -> on ? port.drain(window) : port.undrain())
                .orElseGet(Future::succeededFuture);
    }

    /** The window ends before the time limit does, so that clients which are told to go last still have time to go. */
    private DrainWindow window(Duration limit) {
        var spread = limit.multipliedBy(SPREAD_PERCENT).dividedBy(100);
        return new DrainWindow(
                parts.clock().nanos(), spread, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Drains for good. Completes when no exchange runs any more, or the time limit is over. */
    Future<Void> finish() {
        stopping = true;
        var limit = timeLimit;
        var deadline = parts.clock().nanos() + limit.toNanos();
        log.info("stopping: running exchanges have {} s to finish", limit.toSeconds());
        cluster.announce(State.DRAINING);
        var window = window(limit);
        parts.transport().drain(window);
        return parts.tiers()
                .publicPort()
                .map(port -> port.stop(limit, window))
                .orElseGet(Future::succeededFuture)
                .transform(stopped -> idle(deadline));
    }

    private Future<Void> idle(long deadline) {
        var running = running();
        if (running == 0 || parts.clock().nanos() - deadline > 0) {
            log.info(running == 0 ? "stopping" : "stopping with {} exchanges unfinished", running);
            return Future.succeededFuture();
        }
        return vertx.timer(LOOK.toMillis(), TimeUnit.MILLISECONDS).compose(looked -> idle(deadline));
    }

    private long running() {
        return parts.transport().streams() + parts.tiers().inFlight();
    }
}
