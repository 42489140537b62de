package io.colonnade.store.topology;

import io.colonnade.core.Clock;
import io.colonnade.store.server.LimitReached;
import io.colonnade.store.server.Server;
import io.colonnade.store.topology.ProbeResult.Galera;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server at a steady pace, on a connection of its own, about its state. A server that refuses is lost at once. A silent server
 * is lost after the second unanswered question, which is at most 2 s after its last good answer.
 *
 * <p>Used on one event loop.
 */
final class Probe {
    static final Duration TIME_LIMIT = Duration.ofMillis(750);
    private static final long PACE_MS = 500;
    private static final long LOST_PACE_MS = 100;
    private static final int SILENCES = 2;
    private static final double NEWEST = 0.2;

    private static final String MARIADB =
            "SELECT @@GLOBAL.read_only OR @@GLOBAL.tx_read_only, @@GLOBAL.gtid_current_pos, NOW(6), VERSION()";
    private static final String MYSQL =
            "SELECT @@GLOBAL.read_only OR @@GLOBAL.super_read_only OR @@GLOBAL.transaction_read_only,"
                    + " @@GLOBAL.gtid_executed, NOW(6), VERSION()";
    private static final String GALERA =
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state')";
    private static final String SYNCED = "4";
    private static final String DONOR = "2";

    private final Vertx vertx;
    private final Supplier<Pool> newPool;
    private final boolean readOnlyMeansFull;
    private final Clock clock;
    private final Consumer<ProbeResult> listener;
    private Pool pool;
    private @Nullable Session session;
    private ProbeResult seen;
    private int silences;
    private boolean asking;
    private boolean stopped;
    private long timer = -1; // 0 is a valid timer, of another owner

    /** @param galera whether the server is in a Galera cluster */
    private record Session(SqlConnection connection, boolean galera) {
        boolean isMariaDb() {
            return connection.databaseMetadata().fullVersion().contains("MariaDB");
        }
    }

    /**
     * @param newPool makes a pool of one connection to the server
     * @param listener gets the result of every question, answered or not, on the event loop
     */
    Probe(
            Vertx vertx,
            Server server,
            Supplier<Pool> newPool,
            boolean readOnlyMeansFull,
            Clock clock,
            Consumer<ProbeResult> listener) {
        this.vertx = vertx;
        this.newPool = newPool;
        this.readOnlyMeansFull = readOnlyMeansFull;
        this.clock = clock;
        this.listener = listener;
        this.pool = newPool.get();
        this.seen = ProbeResult.notYet(server);
    }

    ProbeResult seen() {
        return seen;
    }

    /** Asks now instead of at the next interval, because a statement had trouble with the server. */
    void ask() {
        if (asking || stopped) {
            return;
        }
        vertx.cancelTimer(timer);
        asking = true;
        var askedAt = clock.nanos();
        connected()
                .compose(open -> answer(open, askedAt))
                .timeout(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::answered)
                .onFailure(this::failed);
    }

    Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return pool.close();
    }

    private Future<Session> connected() {
        var open = session;
        return open != null
                ? Future.succeededFuture(open)
                : pool.getConnection().compose(this::opened);
    }

    private Future<Session> opened(SqlConnection connection) {
        // the client prints the stack of an exception that no one handles
        connection.exceptionHandler(lost -> {}).closeHandler(lost -> closed(connection));
        return connection
                .query("SET time_zone = '+00:00'")
                .execute()
                .compose(set -> connection
                        .query("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'")
                        .execute())
                .map(rows -> session = new Session(connection, isOn(rows)));
    }

    private void closed(SqlConnection connection) {
        if (session != null && session.connection() == connection) {
            ask();
        }
    }

    private static boolean isOn(RowSet<Row> rows) {
        return rows.size() == 1 && rows.iterator().next().getString(1).equals("ON");
    }

    private Future<ProbeResult> answer(Session open, long askedAt) {
        return (open.galera() ? galera(open.connection()) : Future.succeededFuture(Galera.NONE))
                .compose(galera -> open.connection()
                        .query(open.isMariaDb() ? MARIADB : MYSQL)
                        .execute()
                        .map(rows -> result(open, galera, rows.iterator().next(), askedAt)));
    }

    private static Future<Galera> galera(SqlConnection connection) {
        return connection.query(GALERA).execute().compose(rows -> {
            var ready = false;
            var state = "";
            for (var row : rows) {
                if (row.getString(0).equals("wsrep_ready")) {
                    ready = row.getString(1).equals("ON");
                } else {
                    state = row.getString(1);
                }
            }
            return ready
                    ? Future.succeededFuture(
                            state.equals(SYNCED)
                                    ? Galera.SYNCED
                                    : state.equals(DONOR) ? Galera.DONOR : Galera.NOT_READY)
                    : Future.failedFuture("it is not part of a Galera cluster that can decide");
        });
    }

    private ProbeResult result(Session open, Galera galera, Row row, long askedAt) {
        var took = clock.nanos() - askedAt;
        var before = seen.latencyNanos();
        var isSet = row.getInteger(0) != 0;
        return new ProbeResult(
                seen.server(),
                galera,
                isSet && !readOnlyMeansFull,
                isSet && readOnlyMeansFull,
                open.isMariaDb() ? Position.ofMariaDb(row.getString(1)) : Position.ofMySql(row.getString(1)),
                row.getLocalDateTime(2).toInstant(ZoneOffset.UTC),
                askedAt,
                before == 0 ? took : (long) (NEWEST * took + (1 - NEWEST) * before),
                row.getString(3),
                galera == Galera.NOT_READY ? "it is not in step with its Galera cluster" : "",
                seen.life());
    }

    private void answered(ProbeResult answer) {
        asking = false;
        silences = 0;
        tell(answer);
        next(PACE_MS);
    }

    private void failed(Throwable cause) {
        asking = false;
        session = null;
        if (stopped) {
            return;
        }
        var silent = cause instanceof TimeoutException;
        // a question that hangs would keep the pool's only connection
        pool.close();
        pool = newPool.get();
        if (silent && seen.isUsable() && ++silences < SILENCES) {
            ask();
            return;
        }
        if (seen.isUsable() && LimitReached.isOfConnection(cause)) {
            next(PACE_MS); // the server runs, and serves those who are connected
            return;
        }
        tell(seen.isUsable() ? seen.lost(reason(cause)) : seen.because(reason(cause)));
        next(cause instanceof MySQLException ? PACE_MS : LOST_PACE_MS);
    }

    private static String reason(Throwable cause) {
        return cause instanceof TimeoutException ? "it is silent" : String.valueOf(cause.getMessage());
    }

    private void tell(ProbeResult now) {
        seen = now;
        if (!stopped) {
            listener.accept(now);
        }
    }

    private void next(long millis) {
        if (!stopped) {
            timer = vertx.setTimer(millis, id -> ask());
        }
    }
}
