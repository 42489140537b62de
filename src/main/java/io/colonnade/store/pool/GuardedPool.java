package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.spi.MySQLDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SqlClientInternal;
import io.vertx.sqlclient.spi.Driver;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A pool whose operations fail with {@code DATABASE_UNAVAILABLE} when the database is away. The errors of statements pass unchanged.
 * A single statement runs once more if its connection was lost and the statement only reads, or was surely not executed.
 *
 * @param second where a single statement runs again if the server of the first run is lost or cannot get in step; empty if
 *     statements may write
 */
record GuardedPool(Vertx vertx, Connections connections, Optional<Connections> second)
        implements Pool, SqlClientInternal, Runner {
    /** How often a statement runs at most while the server has no room for a prepared statement: for five seconds. */
    private static final int MOST_RUNS = 24;

    /** In the first pause a lost connection leaves its pool, which would lend it again at once. */
    private static final Backoff PAUSES = new Backoff(10, 250);

    @Override
    public Future<SqlConnection> getConnection() {
        return connections.acquire().map(GuardedConnection::new);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return new GuardedQuery<>(this, new SqlText(sql), connection -> connection.query(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return new GuardedPreparedQuery<>(this, new SqlText(sql), connection -> connection.preparedQuery(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return new GuardedPreparedQuery<>(this, new SqlText(sql), connection -> connection.preparedQuery(sql, options));
    }

    @Override
    public <T> Future<T> run(SqlText sql, Function<SqlConnection, Future<T>> statement) {
        return runOn(connections, sql, statement, 1);
    }

    private <T> Future<T> runOn(Connections from, SqlText sql, Function<SqlConnection, Future<T>> statement, int run) {
        return from.acquire().compose(guard -> guard.run(sql, statement)
                .onComplete(done -> guard.release())
                .recover(cause -> {
                    if (guard.mayWaitForRoom()
                            ? run < MOST_RUNS
                            : run == 1 && second.isEmpty() && guard.mayRunAgain(sql)) {
                        return vertx.timer(PAUSES.millisAfter(run), TimeUnit.MILLISECONDS)
                                .compose(v -> runOn(from, sql, statement, run + 1));
                    }
                    return run == 1 && second.isPresent() && (guard.mayRunAgain(sql) || isForSecond(cause))
                            ? runOn(second.get(), sql, statement, run + 1)
                            : Future.failedFuture(cause);
                }));
    }

    /** A Galera member answers 1205, as for a lock, when it does not get in time what was committed before the read. */
    private static boolean isForSecond(Throwable cause) {
        return Transactions.isLost(cause) || Transactions.isConflict(cause);
    }

    /** What the templates of the client ask for. */
    @Override
    public Driver<?> driver() {
        return MySQLDriver.INSTANCE;
    }

    @Override
    public void group(Handler<SqlClient> statements) {
        statements.handle(this);
    }

    @Override
    public int size() {
        return connections.size();
    }

    @Override
    public Future<Void> close() {
        return connections.close();
    }
}
