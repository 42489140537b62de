package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.function.Function;

/**
 * A pool whose operations fail with {@code DATABASE_UNAVAILABLE} when the database is away. The errors of statements pass unchanged.
 *
 * @param second where a single statement runs again if the server of the first run is lost or cannot get in step; empty if
 *     statements may write
 */
record GuardedPool(Connections connections, Optional<Connections> second) implements Pool, Runner {
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
        var first = runOn(connections, sql, statement);
        return second.isEmpty()
                ? first
                : first.recover(
                        cause -> isForSecond(cause) ? runOn(second.get(), sql, statement) : Future.failedFuture(cause));
    }

    /** A Galera member answers 1205, as for a lock, when it does not get in time what was committed before the read. */
    private static boolean isForSecond(Throwable cause) {
        return Transactions.isLost(cause) || Transactions.isConflict(cause);
    }

    private static <T> Future<T> runOn(
            Connections connections, SqlText sql, Function<SqlConnection, Future<T>> statement) {
        return connections.acquire().compose(guard -> guard.run(sql, statement).onComplete(done -> guard.release()));
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
