package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** Runs a statement on a connection; fails with a {@link io.colonnade.core.Failure} if the database is away. */
interface Runner {
    <T> Future<T> run(SqlText sql, Function<SqlConnection, Future<T>> statement);
}
