package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.server.Server;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one server has too little of, as its refusals tell: connections, or room for prepared statements. The pools of all sites and
 * lanes of the node share what there is. While connections are short, the node asks for at most two more in a second, pools without
 * any come first, and another pool gives up one of its own for them.
 *
 * <p>Any thread may call.
 */
final class Shortage {
    private static final Logger log = LoggerFactory.getLogger(Shortage.class);
    private static final long PACE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LASTS_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long NEED_NANOS = Duration.ofMillis(400).toNanos();
    private static final long WITHOUT_CACHE_NANOS = Duration.ofMinutes(5).toNanos();

    private final Server server;
    private final Clock clock;
    private final Set<Sharer> sharers = ConcurrentHashMap.newKeySet();
    private volatile boolean ofConnections;
    private volatile boolean cacheless;
    private volatile String reason = "";
    private long refusedAt;
    private long permittedAt;
    private long neededAt;
    private long cachelessSince;

    /** A pool of connections to the server. */
    interface Sharer {
        int size();

        int idle();

        /** Makes do with the connections that there are; gets more by {@link #permits} only. */
        void makeDo();

        /** Closes one connection, as soon as one is not in use. */
        void giveUpOne();

        /** Is not used any more, as its connections hold prepared statements. */
        void retire();
    }

    Shortage(Server server, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.permittedAt = clock.nanos() - PACE_NANOS;
        this.neededAt = clock.nanos() - NEED_NANOS;
    }

    void join(Sharer pool) {
        sharers.add(pool);
        if (ofConnections) {
            pool.makeDo();
        }
    }

    void leave(Sharer pool) {
        sharers.remove(pool);
    }

    /** Notes that the server has refused a connection of the pool. */
    void connectionRefused(Sharer pool, Throwable cause) {
        var begins = false;
        synchronized (this) {
            refusedAt = clock.nanos();
            begins = !ofConnections;
            ofConnections = true;
            reason = String.valueOf(cause.getMessage());
        }
        if (begins) {
            log.warn(
                    "the database at {} refuses more connections, so statements share those there are: {}",
                    server.address(),
                    cause.getMessage());
            sharers.forEach(Sharer::makeDo);
        } else if (pool.size() == 0) {
            askTheRichest(pool);
        }
    }

    private void askTheRichest(Sharer pool) {
        sharers.stream()
                .filter(each -> each != pool && each.size() > 0)
                .max(Comparator.comparingInt(Sharer::idle).thenComparingInt(Sharer::size))
                .ifPresent(Sharer::giveUpOne);
    }

    /** Whether connections are short, which is so until none was refused for 10 s. */
    boolean isOfConnections() {
        if (!ofConnections) {
            return false;
        }
        synchronized (this) {
            if (clock.nanos() - refusedAt >= LASTS_NANOS) {
                ofConnections = false;
                log.info("the database at {} has not refused a connection for 10 s", server.address());
            }
            return ofConnections;
        }
    }

    /** Whether a pool, in which statements wait, may ask for one more connection now. */
    synchronized boolean permits(Sharer pool) {
        var now = clock.nanos();
        var needs = pool.size() == 0;
        if (needs) {
            neededAt = now;
        }
        if (now - permittedAt < PACE_NANOS || (!needs && now - neededAt < NEED_NANOS)) {
            return false;
        }
        permittedAt = now;
        return true;
    }

    /**
     * Notes that the server has no room for a prepared statement. For five minutes no connection keeps statements, and the
     * connections that keep some are given up.
     */
    void preparedStatementRefused() {
        synchronized (this) {
            if (cacheless) {
                cachelessSince = clock.nanos();
                return;
            }
            cacheless = true;
            cachelessSince = clock.nanos();
        }
        log.warn(
                "the database at {} has reached max_prepared_stmt_count, so its connections keep no statements for {} minutes",
                server.address(),
                Duration.ofNanos(WITHOUT_CACHE_NANOS).toMinutes());
        sharers.forEach(Sharer::retire);
    }

    /** Whether connections may keep prepared statements. */
    boolean allowsCache() {
        if (!cacheless) {
            return true;
        }
        synchronized (this) {
            cacheless = clock.nanos() - cachelessSince < WITHOUT_CACHE_NANOS;
            return !cacheless;
        }
    }

    /** What the server has too little of, for the status; empty if nothing. */
    String problem() {
        if (isOfConnections()) {
            return server.address() + " refuses more connections: " + reason;
        }
        return allowsCache() ? "" : server.address() + " has no room for prepared statements (max_prepared_stmt_count)";
    }
}
