package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.server.Server;
import io.colonnade.store.topology.Monitor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the statements at one server: it counts them, logs slow ones, and notes on the request that a statement may have written.
 *
 * @param writes whether statements there may write
 * @param slow statements that take longer are logged
 */
record StatementWatch(
        Server server,
        boolean writes,
        Monitor monitor,
        Shortage shortage,
        StoreFigures figures,
        Duration slow,
        Clock clock) {
    private static final Logger log = LoggerFactory.getLogger(StatementWatch.class);

    /** Whether the disk of the server is full, and the statement would need space there. */
    boolean refuses(SqlText sql) {
        return monitor.isFull() && sql.takesSpace();
    }

    long begin() {
        return clock.nanos();
    }

    void ended(SqlText sql, long began, boolean succeeded) {
        figures.statement();
        var took = clock.nanos() - began;
        if (took >= slow.toNanos()) {
            figures.slow();
            log.warn(
                    "a statement took {} ms at {}: {}",
                    TimeUnit.NANOSECONDS.toMillis(took),
                    server.address(),
                    sql.shape());
        }
        if (succeeded && writes && monitor.topology().hasReplicas() && sql.mayWrite()) {
            RequesterLocal.current().ifPresent(requester -> requester.wrote(monitor::databaseTime));
        }
    }

    void preparedStatementRefused() {
        shortage.preparedStatementRefused();
    }

    void suspect() {
        monitor.suspect(server);
    }
}
