package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs transactions, and repeats those that the database has rolled back for a reason that may pass. */
public final class Transactions {
    /**
     * A deadlock, or in a Galera cluster a conflict with another member (1213), as in MySQL's group replication (3101); a lock that was
     * not granted in time (1205), after which the transaction is rolled back here, because the server has rolled back only the
     * statement; a row that has changed since it was read (1020).
     */
    private static final Set<Integer> CONFLICTS = Set.of(1020, 1205, 1213, 3101);

    /** The longest that the random pauses can be. */
    private static final Backoff PAUSES = new Backoff(20, 200);

    private final Vertx vertx;
    private final Pool pool;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration timeLimit;
    private final Runnable repetition;

    /** @param repetition is called whenever a transaction runs again */
    Transactions(Vertx vertx, Pool pool, Clock clock, RandomGenerator random, Duration timeLimit, Runnable repetition) {
        this.vertx = vertx;
        this.pool = pool;
        this.clock = clock;
        this.random = random;
        this.timeLimit = timeLimit;
        this.repetition = repetition;
    }

    /** A commit whose outcome is unknown: the connection was lost before the answer. */
    private static final class UnknownOutcome extends Exception {
        UnknownOutcome(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    /**
     * Runs the work in a transaction until it is committed, again after a conflict or the loss of a server. Fails as the last run
     * failed.
     *
     * @param attempts the greatest number of runs; no run begins later than the time limit of statements after the first
     * @param idempotent whether the work may run again if it is unknown whether it was committed
     */
    public <T> Future<@Nullable T> run(
            int attempts, boolean idempotent, Function<SqlConnection, Future<@Nullable T>> work) {
        return run(1, attempts, idempotent, clock.nanos() + timeLimit.toNanos(), work);
    }

    private <T> Future<@Nullable T> run(
            int attempt,
            int attempts,
            boolean idempotent,
            long deadline,
            Function<SqlConnection, Future<@Nullable T>> work) {
        return once(work).recover(cause -> {
            var again = attempt < attempts && clock.nanos() < deadline && mayRunAgain(cause, idempotent);
            if (!again) {
                return Future.failedFuture(cause instanceof UnknownOutcome ? cause.getCause() : cause);
            }
            repetition.run();
            return vertx.timer(pause(attempt), TimeUnit.MILLISECONDS)
                    .compose(v -> run(attempt + 1, attempts, idempotent, deadline, work));
        });
    }

    private static boolean mayRunAgain(Throwable cause, boolean idempotent) {
        return cause instanceof UnknownOutcome ? idempotent : isConflict(cause) || isLost(cause);
    }

    static boolean isConflict(Throwable cause) {
        return cause instanceof MySQLException refused && CONFLICTS.contains(refused.getErrorCode());
    }

    /** Whether the server was lost during a statement. If there was no connection at all, the time for getting one is already used up. */
    static boolean isLost(Throwable cause) {
        return cause instanceof Failure failure
                && failure.kind() == Kind.DATABASE_UNAVAILABLE
                && failure.progress() != Progress.NOTHING;
    }

    /** A random pause, so that transactions that conflicted do not conflict again. */
    private long pause(int attempt) {
        return 1 + random.nextLong(PAUSES.millisAfter(attempt));
    }

    private <T> Future<@Nullable T> once(Function<SqlConnection, Future<@Nullable T>> work) {
        return pool.getConnection().compose(connection -> connection
                .begin()
                .compose(transaction -> apply(work, connection)
                        .compose(
                                result -> commit(transaction).map(result),
                                cause -> transaction.rollback().transform(v -> Future.failedFuture(cause))))
                .onComplete(done -> connection.close()));
    }

    private static <T> Future<@Nullable T> apply(
            Function<SqlConnection, Future<@Nullable T>> work, SqlConnection connection) {
        try {
            return work.apply(connection);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** Commits. A commit that the server refuses has not taken place; one that is lost may have. */
    private static Future<Void> commit(Transaction transaction) {
        return transaction
                .commit()
                .recover(cause -> Future.failedFuture(isLost(cause) ? new UnknownOutcome(cause) : cause));
    }
}
