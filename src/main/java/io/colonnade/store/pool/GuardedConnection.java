package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.mysqlclient.spi.MySQLDriver;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.impl.SqlClientInternal;
import io.vertx.sqlclient.spi.DatabaseMetadata;
import io.vertx.sqlclient.spi.Driver;
import org.jspecify.annotations.Nullable;

/** A connection whose statements have a time limit, and fail with {@code DATABASE_UNAVAILABLE} if the database is away. */
record GuardedConnection(StatementGuard guard) implements SqlConnection, SqlClientInternal {
    private SqlConnection connection() {
        return guard.connection();
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return new GuardedQuery<>(guard, new SqlText(sql), connection -> connection.query(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return new GuardedPreparedQuery<>(guard, new SqlText(sql), connection -> connection.preparedQuery(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return new GuardedPreparedQuery<>(
                guard, new SqlText(sql), connection -> connection.preparedQuery(sql, options));
    }

    @Override
    public Future<PreparedStatement> prepare(String sql) {
        return guard.watch(connection().prepare(sql))
                .map(statement -> new GuardedStatement(guard, new SqlText(sql), statement));
    }

    @Override
    public Future<PreparedStatement> prepare(String sql, PrepareOptions options) {
        return guard.watch(connection().prepare(sql, options))
                .map(statement -> new GuardedStatement(guard, new SqlText(sql), statement));
    }

    @Override
    public Future<Transaction> begin() {
        return guard.watch(connection().begin()).map(transaction -> new GuardedTransaction(guard, transaction));
    }

    @Override
    public @Nullable Transaction transaction() {
        var transaction = connection().transaction();
        return transaction == null ? null : new GuardedTransaction(guard, transaction);
    }

    @Override
    public SqlConnection exceptionHandler(Handler<Throwable> handler) {
        connection().exceptionHandler(handler);
        return this;
    }

    @Override
    public SqlConnection closeHandler(Handler<Void> handler) {
        connection().closeHandler(handler);
        return this;
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
    public boolean isSSL() {
        return connection().isSSL();
    }

    @Override
    public DatabaseMetadata databaseMetadata() {
        return connection().databaseMetadata();
    }

    @Override
    public Future<Void> close() {
        return guard.release();
    }
}
