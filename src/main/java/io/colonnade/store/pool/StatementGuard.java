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
 * Watches what runs on one connection: bounds its time, and closes the connection when it is of no use any more, which
 * the client does not do. The pool then makes a new one.
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
        return watch(statement.apply(connection))
                .onComplete(answered -> watch.ended(sql, began, answered.succeeded()));
    }

    /** Bounds the time of what is no statement of the site's own, or of one whose text is not known. */
    <T> Future<T> watch(Future<T> answer) {
        return answer.timeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::failed);
    }

    /** Gives the connection back. */
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

    /** At once: an orderly end would wait behind the statement that hangs. There is no public way. */
    private void discard() {
        if (connection instanceof SqlConnectionInternal pooled
                && pooled.unwrap().unwrap() instanceof SocketConnectionBase connected) {
            connected.socket().close();
        }
    }
}
