package io.colonnade.store.pool;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Progress;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Distinguishes failures of the database from errors of a statement. */
public final class Unavailability {
    /**
     * Answers of a server that is going away, not ready or read-only: Galera not ready (1047), shutdown (1053), the connection broke
     * (1158 to 1161), read-only mode (1836), connection killed (1927, MySQL 3169), offline (MySQL 3032, 3168), connection closed because
     * it was idle (MySQL 4031). 1792, a read-only transaction, is the site's own or the server's: {@link StatementGuard}.
     */
    private static final Set<Integer> CODES =
            Set.of(1047, 1053, 1158, 1159, 1160, 1161, 1836, 1927, 3032, 3168, 3169, 4031);

    /** Of these, and of 1290 and 1792, the answers that say that the statement was not begun. */
    private static final Set<Integer> NOT_BEGUN = Set.of(1047, 1290, 1792, 1836, 4031);

    /** "Running with the option %s": the option may be read-only, but also one that concerns a single statement. */
    private static final int OPTION_PREVENTS_STATEMENT = 1290;

    /**
     * A Galera member without the majority answers this at a commit, or already at the first row with "Not connected to Primary
     * Component".
     */
    private static final int ERROR_DURING_COMMIT = 1180;

    private Unavailability() {}

    /** Whether the cause means that the connection has become useless. */
    public static boolean is(Throwable cause) {
        if (cause instanceof MySQLException refused) {
            return is(refused.getErrorCode(), String.valueOf(refused.getMessage()));
        }
        return cause instanceof ClosedConnectionException
                || cause instanceof TimeoutException
                || cause instanceof IOException
                || cause.getCause() instanceof IOException
                || isOfAClosedConnection(String.valueOf(cause.getMessage()));
    }

    public static boolean is(int code, String message) {
        return CODES.contains(code)
                || (code == OPTION_PREVENTS_STATEMENT && saysReadOnly(message))
                || (code == ERROR_DURING_COMMIT && !Fullness.is(code, message));
    }

    /** Whether the statement was surely not executed: it was not sent, or refused before it began. */
    static boolean leftUndone(Throwable cause) {
        return cause instanceof MySQLException refused
                ? NOT_BEGUN.contains(refused.getErrorCode())
                : isOfAClosedConnection(String.valueOf(cause.getMessage()));
    }

    private static boolean saysReadOnly(String message) {
        return message.contains("read-only") || message.contains("read_only");
    }

    /** The client has no exception types for these two messages. */
    private static boolean isOfAClosedConnection(String message) {
        return message.startsWith("Connection is not active now") || message.startsWith("Pending requests failed");
    }

    public static Failure failure(Progress progress, Throwable cause) {
        return new Failure(
                Failure.Kind.DATABASE_UNAVAILABLE, progress, "the database does not answer: " + cause.getMessage());
    }
}
