package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collector;

/** @param query makes the client's own query on a connection */
record GuardedPreparedQuery<T>(Runner runner, SqlText sql, Function<SqlConnection, PreparedQuery<T>> query)
        implements PreparedQuery<T> {
    @Override
    public Future<T> execute() {
        return runner.run(sql, connection -> query.apply(connection).execute());
    }

    @Override
    public Future<T> execute(Tuple tuple) {
        return runner.run(sql, connection -> query.apply(connection).execute(tuple));
    }

    @Override
    public Future<T> executeBatch(List<Tuple> batch) {
        return runner.run(sql, connection -> query.apply(connection).executeBatch(batch));
    }

    @Override
    public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
        return new GuardedPreparedQuery<>(
                runner, sql, connection -> query.apply(connection).collecting(collector));
    }

    @Override
    public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
        return new GuardedPreparedQuery<>(
                runner, sql, connection -> query.apply(connection).mapping(mapper));
    }
}
