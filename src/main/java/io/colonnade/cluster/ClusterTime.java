package io.colonnade.cluster;

import io.colonnade.core.Clock;
import java.util.concurrent.TimeUnit;

/**
 * A time that all members agree on: that of the oldest member, as its beats tell, and monotonic from then on. Steps of a wall
 * clock do not change it. When a network is cut, both sides go on with the same time, so what they write can be compared.
 *
 * <p>The membership's thread aligns it; any thread may ask.
 */
final class ClusterTime {
    private final Clock clock;
    private final long beganNanos;
    private volatile long beganMillis;
    private boolean aligned;

    ClusterTime(Clock clock) {
        this.clock = clock;
        this.beganNanos = clock.nanos();
        this.beganMillis = clock.now().toEpochMilli();
    }

    /** Milliseconds since 1970, by the wall clock that the oldest member had when it started. */
    long millis() {
        return beganMillis + sinceMillis();
    }

    /** This node has come into a cluster: it takes over the time there. */
    void joins() {
        aligned = false;
    }

    /** This node is the oldest itself: the others take over its time. */
    void leads() {
        aligned = true;
    }

    /** The oldest member has told its time. The beat that says most was on its way for the shortest time, so it is the one to believe. */
    void hear(long oldestMillis) {
        var told = oldestMillis - sinceMillis();
        beganMillis = aligned ? Math.max(beganMillis, told) : told;
        aligned = true;
    }

    private long sinceMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - beganNanos);
    }
}
