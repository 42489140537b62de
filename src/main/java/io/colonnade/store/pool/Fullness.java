package io.colonnade.store.pool;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Progress;
import io.vertx.mysqlclient.MySQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognizes the errors of a server whose disk is full, and which still answers reads. */
public final class Fullness {
    /**
     * A file cannot be written (3, 1026), disk full (1021), "the table is full" (1114, from InnoDB when a file cannot grow), no
     * space (1878).
     */
    private static final Set<Integer> CODES = Set.of(3, 1021, 1026, 1114, 1878);

    /** "Got error %d from storage engine", and "... during COMMIT"; 28 is ENOSPC. */
    private static final Set<Integer> WITH_SYSTEM_ERROR = Set.of(1030, 1180);

    private Fullness() {}

    static boolean is(Throwable cause) {
        return cause instanceof MySQLException refused
                && is(refused.getErrorCode(), String.valueOf(refused.getMessage()));
    }

    public static boolean is(int code, String message) {
        return CODES.contains(code) || (WITH_SYSTEM_ERROR.contains(code) && message.contains("error 28"));
    }

    /** The failure for such an error. The connection stays in use, as the statement was rolled back or not sent. */
    static Failure failure(@Nullable String reason) {
        return new Failure(
                Failure.Kind.DATABASE_FULL,
                Progress.REQUEST,
                "the disk of the database is full; free some space there: " + reason);
    }
}
