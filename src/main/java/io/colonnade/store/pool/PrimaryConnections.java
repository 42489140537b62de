package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.core.Failure.Progress;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.topology.Monitor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mysqlclient.MySQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to the current primary. While there is no primary, statements wait for the next one. */
final class PrimaryConnections implements Connections {
    private static final long LOOK_AGAIN_MS = 20;

    private final Vertx vertx;
    private final Monitor monitor;
    private final ServerPools pools;
    private final StoreConfig config;
    private final StoreFigures figures;
    private final Clock clock;
    private final AtomicInteger waiting = new AtomicInteger();

    PrimaryConnections(
            Vertx vertx, Monitor monitor, ServerPools pools, StoreConfig config, StoreFigures figures, Clock clock) {
        this.vertx = vertx;
        this.monitor = monitor;
        this.pools = pools;
        this.config = config;
        this.figures = figures;
        this.clock = clock;
    }

    @Override
    public Future<StatementGuard> acquire() {
        return acquire(clock.nanos() + config.acquireTimeLimit().toNanos());
    }

    private Future<StatementGuard> acquire(long deadline) {
        var primary = monitor.topology().primary();
        if (primary == null) {
            return lookAgain(deadline, new TimeoutException(monitor.topology().problem()));
        }
        return pools.writing(primary).acquire().recover(cause -> {
            if (isFinal(cause)) {
                return refused(cause);
            }
            monitor.suspect(primary.server());
            return lookAgain(deadline, cause);
        });
    }

    /** Whether another attempt is useless: the server is not the cause, or its answer will not change. */
    private static boolean isFinal(Throwable cause) {
        return cause instanceof ConnectionPoolTooBusyException
                || cause instanceof TimeoutException
                || (cause instanceof MySQLException && !Unavailability.is(cause));
    }

    private Future<StatementGuard> lookAgain(long deadline, Throwable cause) {
        if (deadline - clock.nanos() < TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MS)
                || waiting.get() >= config.waitQueue()) {
            return refused(cause);
        }
        waiting.getAndIncrement();
        return vertx.timer(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS).compose(v -> {
            waiting.getAndDecrement();
            return acquire(deadline);
        });
    }

    private Future<StatementGuard> refused(Throwable cause) {
        figures.refused();
        return Future.failedFuture(Unavailability.failure(Progress.NOTHING, cause));
    }

    int waiting() {
        return waiting.get();
    }

    @Override
    public int size() {
        return pools.size();
    }

    @Override
    public Future<Void> close() {
        return pools.close();
    }
}
