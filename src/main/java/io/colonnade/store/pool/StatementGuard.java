package io.colonnade.store.pool;

import io.colonnade.core.Failure.Progress;
import io.colonnade.store.server.LimitReached;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Guards the statements on one connection: it limits their time, and closes the connection when that has become useless, which
 * the client does not do. The pool then makes a new connection.
 */
final class StatementGuard implements Runner {
    private static final int READ_ONLY_TRANSACTION = 1792;

    /** Who has lent the connection. */
    interface Owner {
        /** Whether the connection that is given back is to be kept; it is closed otherwise. */
        default boolean wants(StatementGuard returned) {
            return true;
        }

        /** Is called once, after the connection was given back. */
        void released();
    }

    private final SqlConnection connection;
    private final StatementWatch watch;
    private final Duration timeLimit;
    private final Owner owner;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile @Nullable Future<Void> discarded;
    private @Nullable Throwable loss;

    /**
     * @param timeLimit for each statement
     */
    StatementGuard(SqlConnection connection, StatementWatch watch, Duration timeLimit, Owner owner) {
        // the client prints the stack of an exception that no one handles
        this.connection = connection.exceptionHandler(lost -> {});
        this.watch = watch;
        this.timeLimit = timeLimit;
        this.owner = owner;
    }

    SqlConnection connection() {
        return connection;
    }

    @Override
    public <T> Future<T> run(SqlText sql, Function<SqlConnection, Future<T>> statement) {
        if (watch.refuses(sql)) {
            return Future.failedFuture(Fullness.failure("writes are refused until then"));
        }
        var began = watch.begin();
        return watch(statement.apply(connection)).onComplete(answered -> watch.ended(sql, began, answered.succeeded()));
    }

    /** Limits the time of an operation that is no statement of the site, or a statement whose text is not known. */
    <T> Future<T> watch(Future<T> answer) {
        return answer.timeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS).recover(this::failed);
    }

    /** Gives the connection back to its pool; further calls do nothing. */
    Future<Void> release() {
        if (!released.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        if (!owner.wants(this)) {
            discard();
        }
        var closing = discarded;
        var left = closing == null ? connection.close() : closing.compose(closed -> connection.close());
        return left.onComplete(done -> owner.released());
    }

    /**
     * Whether the statement, which has failed, may run once more on another connection: the database's state was the cause, and the
     * statement only reads or was surely not executed. A statement without an answer in time may not.
     */
    boolean mayRunAgain(SqlText sql) {
        var cause = loss;
        if (cause == null || cause instanceof TimeoutException) {
            return false;
        }
        return Unavailability.leftUndone(cause)
                || (!sql.mayWrite() && (!LimitReached.is(cause) || LimitReached.mayPassSoon(cause)));
    }

    /** Whether the statement, which has failed, found no room at the server to be prepared; it may run again after a pause. */
    boolean mayWaitForRoom() {
        var cause = loss;
        return cause != null && LimitReached.isOfPreparedStatement(cause);
    }

    private <T> Future<T> failed(Throwable cause) {
        if (Unavailability.is(cause)) {
            return lost(cause);
        }
        if (LimitReached.is(cause)) {
            loss = cause;
            if (LimitReached.isOfPreparedStatement(cause)) {
                watch.preparedStatementRefused();
            }
            return Future.failedFuture(LimitReached.failure(cause));
        }
        if (cause instanceof MySQLException refused && refused.getErrorCode() == READ_ONLY_TRANSACTION) {
            return readOnly(cause);
        }
        return Future.failedFuture(Fullness.is(cause) ? Fullness.failure(cause.getMessage()) : cause);
    }

    private <T> Future<T> lost(Throwable cause) {
        loss = cause;
        discard();
        watch.suspect();
        return Future.failedFuture(Unavailability.failure(Progress.REQUEST, cause));
    }

    /** A server whose transactions are all read-only is not written to; a transaction that the site began as read-only is its own. */
    private <T> Future<T> readOnly(Throwable cause) {
        var variable = connection.databaseMetadata().fullVersion().contains("MariaDB")
                ? "tx_read_only"
                : "transaction_read_only";
        return connection
                .query("SELECT @@SESSION." + variable)
                .execute()
                .timeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                .map(rows -> rows.iterator().next().getInteger(0) != 0)
                .transform(all -> all.succeeded() && !all.result() ? Future.failedFuture(cause) : lost(cause));
    }

    /** Closes the socket at once: an orderly close would wait behind the hanging statement. There is no public method for this. */
    private void discard() {
        if (discarded == null
                && connection instanceof SqlConnectionInternal pooled
                && pooled.unwrap().unwrap() instanceof SocketConnectionBase connected) {
            discarded = closed(connected);
        }
    }

    /**
     * Closes the connection. The future completes when the pool has taken it out; if it was given back before that, the pool would lend it
     * to another lane.
     */
    private Future<Void> closed(SocketConnectionBase connected) {
        var gone = Promise.<Void>promise();
        var own = connected.context();
        own.runOnContext(v -> {
            if (connected.isValid()) {
                connection.closeHandler(closed -> own.runOnContext(takenOut -> gone.tryComplete()));
                connected.socket().close();
            } else {
                gone.complete();
            }
        });
        return gone.future();
    }
}
