package io.colonnade.store;

import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Watches what runs on one connection: bounds its time, and closes the connection when it is of no use any more, which
 * the client does not do. The pool then makes a new one.
 */
record Guard(SqlConnection connection, Duration queryTimeLimit) implements Runner {
    static Guard of(SqlConnection connection, Duration queryTimeLimit) {
        // The client prints the stack of an exception that no one handles.
        return new Guard(connection.exceptionHandler(lost -> {}), queryTimeLimit);
    }

    @Override
    public <T> Future<T> run(Function<SqlConnection, Future<T>> statement) {
        return watch(statement.apply(connection));
    }

    <T> Future<T> watch(Future<T> answer) {
        return answer.timeout(queryTimeLimit.toMillis(), TimeUnit.MILLISECONDS).recover(this::failed);
    }

    private <T> Future<T> failed(Throwable cause) {
        if (!Unavailability.is(cause)) {
            return Future.failedFuture(Fullness.is(cause) ? Fullness.failure(cause) : cause);
        }
        discard();
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
