package io.colonnade.store.pool;

import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Guards the statements on one connection: it limits their time, and closes the connection when that has become useless, which
 * the client does not do. The pool then makes a new connection.
 */
final class StatementGuard implements Runner {
    private final SqlConnection connection;
    private final StatementWatch watch;
    private final Duration timeLimit;
    private final Runnable onRelease;
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * @param timeLimit for each statement
     * @param onRelease is run once, when the connection is given back
     */
    StatementGuard(SqlConnection connection, StatementWatch watch, Duration timeLimit, Runnable onRelease) {
        // the client prints the stack of an exception that no one handles
        this.connection = connection.exceptionHandler(lost -> {});
        this.watch = watch;
        this.timeLimit = timeLimit;
        this.onRelease = onRelease;
    }

    SqlConnection connection() {
        return connection;
    }

    @Override
    public <T> Future<T> run(SqlText sql, Function<SqlConnection, Future<T>> statement) {
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
        return connection.close().onComplete(done -> onRelease.run());
    }

    private <T> Future<T> failed(Throwable cause) {
        if (!Unavailability.is(cause)) {
            return Future.failedFuture(Fullness.is(cause) ? Fullness.failure(cause) : cause);
        }
        discard();
        watch.suspect();
        return Future.failedFuture(Unavailability.failure(Progress.REQUEST, cause));
    }

    /** Closes the socket at once: an orderly close would wait behind the hanging statement. There is no public method for this. */
    private void discard() {
        if (connection instanceof SqlConnectionInternal pooled
                && pooled.unwrap().unwrap() instanceof SocketConnectionBase connected) {
            connected.socket().close();
        }
    }
}
