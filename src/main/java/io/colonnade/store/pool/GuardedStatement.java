package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.Tuple;

/** A prepared statement of a guarded connection. Its streams are not guarded: their reads have no time limit. */
record GuardedStatement(StatementGuard guard, SqlText sql, PreparedStatement statement) implements PreparedStatement {
    @Override
    public PreparedQuery<RowSet<Row>> query() {
        return new GuardedPreparedQuery<>(guard, sql, connection -> statement.query());
    }

    @Override
    public Cursor cursor(Tuple args) {
        return new GuardedCursor(guard, sql, statement.cursor(args));
    }

    @Override
    public RowStream<Row> createStream(int fetch, Tuple args) {
        return statement.createStream(fetch, args);
    }

    @Override
    public Future<Void> close() {
        return statement.close();
    }
}
