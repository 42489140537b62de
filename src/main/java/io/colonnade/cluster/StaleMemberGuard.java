package io.colonnade.cluster;

import io.colonnade.core.Clock;
import java.time.Duration;

/**
 * Decides whether this node must not trust what it remembers. When it stood still for longer than the others wait (a stopped
 * process, a paused machine), they have given it up: the maps live on without it, and its own share of them is stale. The node
 * doubts its data until it hears that it is a member still or again: beats are sent to members only.
 *
 * <p>One thread ticks and reports beats; any thread may ask.
 */
final class StaleMemberGuard {
    /** By then the beats are read that arrived before or during the standstill. */
    private static final Duration BACKLOG = Duration.ofSeconds(1);

    /** After this the node goes on alone, as one side of a partition does. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final long patience;
    private final Clock clock;
    private volatile long lastTick;
    private volatile boolean present;
    private long since;

    StaleMemberGuard(ClusterConfig config, Clock clock) {
        // The last beat before the standstill may have been due, and the first after it is.
        this.patience = config.silentAfter()
                .minus(config.beatInterval().multipliedBy(2))
                .toNanos();
        this.clock = clock;
        this.lastTick = clock.nanos();
    }

    /** Also true between the end of a standstill and the tick that finds it. */
    boolean present() {
        return present || clock.nanos() - lastTick > patience;
    }

    /**
     * To be called at every beat interval.
     *
     * @param alone whether at the last tick there was no other member that could have given this node up
     */
    void tick(boolean alone) {
        var now = clock.nanos();
        if (now - lastTick > patience && !alone) {
            since = now;
            present = true;
        } else if (present && now - since > LIMIT.toNanos()) {
            present = false;
        }
        lastTick = now;
    }

    /** To be called when a beat of another member has arrived. */
    void heard() {
        if (present && clock.nanos() - since > BACKLOG.toNanos()) {
            present = false;
        }
    }
}
