package io.colonnade.node.lane;

import com.sun.management.UnixOperatingSystemMXBean;
import io.colonnade.balancer.PublicPort;
import io.colonnade.core.StatusSource;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a reserve of file descriptors for what the node itself needs: its database, the other members, files, the admin port. Clients'
 * connections get the rest. When they have it, the public port accepts no more until some have gone.
 */
public final class DescriptorWatch implements StatusSource {
    private static final Logger log = LoggerFactory.getLogger(DescriptorWatch.class);
    private static final long LEAST_RESERVE = 16;
    private static final long MOST_RESERVE = 512;

    /** Counting takes the longer the more there are: the pause is this many times as long. */
    private static final int REST = 20;

    private final Optional<PublicPort> port;
    private final @Nullable UnixOperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    private volatile long open;
    private volatile long limit;
    private volatile boolean full;
    private long nextCount = System.nanoTime();

    /** @param port empty on a node that has none, whose descriptors are counted all the same */
    public DescriptorWatch(Optional<PublicPort> port) {
        this.port = port;
        this.limit = limitNow();
    }

    /** Whether clients' connections have all that they may have. Any thread. */
    public boolean isFull() {
        return full;
    }

    /** Counts, and gives the public port what is free. Called every few hundred milliseconds, on one thread. */
    void check() {
        var start = System.nanoTime();
        if (start - nextCount < 0) {
            return;
        }
        limit = limitNow();
        open = count();
        nextCount = System.nanoTime() + REST * (System.nanoTime() - start);
        port.ifPresent(clients -> clients.room(limit - reserve() - open, reserve() / 4));
        tell(port.map(PublicPort::isFull).orElse(false));
    }

    /** The system counts by opening a directory, which it cannot do without a descriptor. */
    private long count() {
        try {
            return system == null ? 0 : system.getOpenFileDescriptorCount();
        } catch (InternalError none) {
            return limit;
        }
    }

    /** It may be changed while the process runs. */
    private long limitNow() {
        return system == null ? Long.MAX_VALUE : system.getMaxFileDescriptorCount();
    }

    private long reserve() {
        return Math.max(LEAST_RESERVE, Math.min(MOST_RESERVE, limit / 10));
    }

    private void tell(boolean fullNow) {
        if (fullNow && !full) {
            log.warn(
                    "{} of {} file descriptors are open: no more connections are accepted until some are closed. Raise the limit of"
                            + " open files (ulimit -n, or LimitNOFILE of systemd)",
                    open,
                    limit);
        } else if (full && !fullNow) {
            log.info("{} of {} file descriptors are open: connections are accepted again", open, limit);
        }
        full = fullNow;
    }

    @Override
    public String name() {
        return "descriptors";
    }

    @Override
    public JsonObject status() {
        return new JsonObject()
                .put("open", open)
                .put("limit", limit)
                .put("reserve", reserve())
                .put("full", full);
    }
}
