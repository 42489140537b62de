package io.colonnade.app;

import io.colonnade.core.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a site that blocks the event loop of its lane: once when the limit has passed, and once when the loop is free
 * again. Vert.x's own checker knows only the thread, not whose code blocks it.
 */
final class BlockedLanes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlockedLanes.class);
    private static final int CHECKS_PER_LIMIT = 4;

    private record Incident(long since, String what) {}

    private final long limitNanos;
    private final Clock clock;
    private final List<LaneWatch> lanes = new CopyOnWriteArrayList<>();
    private final Map<LaneWatch, Incident> incidents = new HashMap<>();
    private final ScheduledExecutorService checker = Executors.newSingleThreadScheduledExecutor(run -> {
        var thread = new Thread(run, "colonnade-blocked-lanes");
        thread.setDaemon(true);
        return thread;
    });

    BlockedLanes(Duration limit, Clock clock) {
        this.limitNanos = limit.toNanos();
        this.clock = clock;
        var pause = limitNanos / CHECKS_PER_LIMIT;
        var unused = checker.scheduleWithFixedDelay(this::check, pause, pause, TimeUnit.NANOSECONDS);
    }

    void watch(LaneWatch lane) {
        lanes.add(lane);
    }

    @Override
    public void close() {
        checker.shutdownNow();
    }

    synchronized void check() {
        var now = clock.nanos();
        lanes.forEach(lane -> check(lane, now));
    }

    private void check(LaneWatch lane, long now) {
        var since = lane.busySince();
        var incident = incidents.get(lane);
        if (incident != null && incident.since() != since) {
            incidents.remove(lane);
            log.warn("{} gave its event loop back after about {} ms", incident.what(), millis(now - incident.since()));
        } else if (incident == null && since != 0 && now - since >= limitNanos) {
            lane.culprit().ifPresent(what -> {
                incidents.put(lane, new Incident(since, what));
                log.warn(
                        "{} has blocked its event loop for {} ms, and with it all requests of that lane",
                        what,
                        millis(now - since));
                log.debug("{} is at{}", what, lane.stack());
            });
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
