package io.colonnade.store.supervision;

import io.colonnade.store.mariadb.DiskSpace;
import io.colonnade.store.server.Server;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses writes before a server dies of a full disk. It measures the disk on a thread of its own, as the rounds of the supervision wait
 * for other nodes, and a disk in memory takes some MiB in a few milliseconds. This node's statements are refused at once, those of others
 * as soon as their probes see what {@link WriteStop} has told the server.
 */
final class DiskGuard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiskGuard.class);
    private static final Duration PACE = Duration.ofMillis(20);

    private final DiskSpace space;
    private final Thread thread = new Thread(this::run, "colonnade-disk");
    private volatile @Nullable WriteStop guarded;
    private volatile boolean full;

    DiskGuard(DiskSpace space) {
        this.space = space;
        thread.setDaemon(true);
        thread.start();
    }

    /** Guards this server from now on. */
    void guard(Server server) {
        var present = guarded;
        if (present == null || !present.isOf(server)) {
            guarded = new WriteStop(server);
        }
    }

    /** Guards none until {@link #guard} is called again. */
    void pause() {
        guarded = null;
        full = false;
    }

    /** Whether nothing is to be written. Any thread may call. */
    boolean isFull() {
        return full;
    }

    private void run() {
        try {
            while (true) {
                var present = guarded;
                if (present != null) {
                    check(present);
                }
                Thread.sleep(PACE.toMillis());
            }
        } catch (InterruptedException closed) {
            log.debug("the disk of the database is guarded no more");
        }
    }

    private void check(WriteStop stop) {
        try {
            var isFull = space.isFull();
            full = isFull;
            stop.set(isFull);
            if (guarded == null) {
                full = false; // it was paused meanwhile
            }
        } catch (IOException | SQLException again) {
            log.debug("the disk was not measured, or the database was not told", again);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
