package io.colonnade.store.server;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Progress;
import io.vertx.mysqlclient.MySQLException;
import java.util.Set;

/** Recognizes the errors with which a server refuses a statement or a connection because of its own state, and still serves others. */
public final class LimitReached {
    /**
     * Too many connections (1040), host blocked after many connection errors (1129), no more threads (1135), too many connections of
     * the user (1203).
     */
    private static final Set<Integer> OF_CONNECTIONS = Set.of(1040, 1129, 1135, 1203);

    /** No memory (1037, 1041), the user's limit of statements or connections in an hour (1226). */
    private static final Set<Integer> OF_RESOURCES = Set.of(1037, 1041, 1226);

    /** Too many prepared statements at the server. */
    private static final int OF_PREPARED_STATEMENTS = 1461;

    /** "Query execution was interrupted", by the command KILL QUERY; the statement was rolled back. */
    private static final int INTERRUPTED = 1317;

    private LimitReached() {}

    /** Whether a connection was refused and a later attempt may succeed, while the connections that are open go on. */
    public static boolean isOfConnection(Throwable cause) {
        return code(cause) == 1226 || OF_CONNECTIONS.contains(code(cause));
    }

    /** Whether the statement can run again soon, as it was rolled back or not executed. */
    public static boolean mayPassSoon(Throwable cause) {
        return mayPassSoon(code(cause));
    }

    public static boolean isOfPreparedStatement(Throwable cause) {
        return code(cause) == OF_PREPARED_STATEMENTS;
    }

    /** Whether a statement was refused and not executed, and its connection can still be used. */
    public static boolean is(Throwable cause) {
        return is(code(cause));
    }

    public static boolean is(int code) {
        return OF_CONNECTIONS.contains(code) || OF_RESOURCES.contains(code) || mayPassSoon(code);
    }

    /** The failure for such an error; transactions run again if its progress is {@code REQUEST}, because the cause may pass soon. */
    public static Failure failure(Throwable cause) {
        return new Failure(
                Failure.Kind.DATABASE_UNAVAILABLE,
                mayPassSoon(code(cause)) ? Progress.REQUEST : Progress.NOTHING,
                "the database refuses: " + cause.getMessage());
    }

    private static boolean mayPassSoon(int code) {
        return code == OF_PREPARED_STATEMENTS || code == INTERRUPTED;
    }

    private static int code(Throwable cause) {
        return cause instanceof MySQLException refused ? refused.getErrorCode() : 0;
    }
}
