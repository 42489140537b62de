package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** A cursor of a guarded connection; each read of it has the time limit of a statement. */
record GuardedCursor(StatementGuard guard, SqlText sql, Cursor cursor) implements Cursor {
    @Override
    public boolean hasMore() {
        return cursor.hasMore();
    }

    @Override
    public Future<RowSet<Row>> read(int count) {
        return guard.run(sql, connection -> cursor.read(count));
    }

    @Override
    public Future<Void> close() {
        return guard.watch(cursor.close());
    }

    @Override
    public boolean isClosed() {
        return cursor.isClosed();
    }
}
