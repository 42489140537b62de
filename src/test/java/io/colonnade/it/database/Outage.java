package io.colonnade.it.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** For how long a database itself cannot be written to, whoever uses it. */
public final class Outage {
    private static final String TABLE = "board.outages";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long began = System.nanoTime();
    private @Nullable MariaDb server;
    private @Nullable CompletableFuture<Long> ended;

    private Outage() {}

    /** The server that was written to has just been lost. */
    public static Outage begin() {
        return new Outage();
    }

    /** Makes what is written to; before the first outage. */
    public static void prepare(MariaDb server) throws SQLException {
        server.execute("CREATE TABLE " + TABLE + " (number INT AUTO_INCREMENT PRIMARY KEY)");
    }

    /**
     * Says which server is to be written to from now on. The outage ends when a row is committed there; what else is done meanwhile does
     * not count.
     */
    public Outage endsAt(MariaDb next) {
        server = next;
        ended = CompletableFuture.supplyAsync(() -> whenWritten(next), task -> new Thread(task).start());
        return this;
    }

    private static long whenWritten(MariaDb server) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> isWritten(server));
        return System.nanoTime();
    }

    private static boolean isWritten(MariaDb server) throws SQLException {
        server.execute("INSERT INTO " + TABLE + " () VALUES ()");
        return true;
    }

    /** The server that was written to in the end. */
    public MariaDb server() {
        return present(server);
    }

    /** Waits for its end. */
    public Duration length() {
        return Duration.ofNanos(present(ended).join() - began);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("nothing said where the outage ends");
        }
        return value;
    }
}
