package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import java.util.function.Function;
import java.util.stream.Collector;

/** @param query makes the client's own query on a connection */
record GuardedQuery<T>(Runner runner, SqlText sql, Function<SqlConnection, Query<T>> query) implements Query<T> {
    @Override
    public Future<T> execute() {
        return runner.run(sql, connection -> query.apply(connection).execute());
    }

    @Override
    public <R> Query<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
        return new GuardedQuery<>(
                runner, sql, connection -> query.apply(connection).collecting(collector));
    }

    @Override
    public <U> Query<RowSet<U>> mapping(Function<Row, U> mapper) {
        return new GuardedQuery<>(
                runner, sql, connection -> query.apply(connection).mapping(mapper));
    }
}
