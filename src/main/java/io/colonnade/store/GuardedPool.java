package io.colonnade.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** A pool that says "unavailable" when the database is away. The errors of statements pass as they are. */
record GuardedPool(Connections connections) implements Pool, Runner {
    @Override
    public Future<SqlConnection> getConnection() {
        return connections.acquire().map(GuardedConnection::new);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return new GuardedQuery<>(this, connection -> connection.query(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return new GuardedPreparedQuery<>(this, connection -> connection.preparedQuery(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return new GuardedPreparedQuery<>(this, connection -> connection.preparedQuery(sql, options));
    }

    @Override
    public <T> Future<T> run(Function<SqlConnection, Future<T>> statement) {
        return connections.acquire().compose(guard -> guard.run(statement).onComplete(done -> guard.release()));
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
