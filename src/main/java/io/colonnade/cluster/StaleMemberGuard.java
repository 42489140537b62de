package io.colonnade.cluster;

import io.colonnade.core.Clock;
import java.time.Duration;

/**
 * Whether this node must not trust what it remembers. When it stood still for longer than the others' patience (a stopped
 * process, a paused machine), they have given it up: the maps live on without it, and its own share of them is stale. It doubts
 * until it hears that it is a member still or again: only members are sent beats.
 *
 * <p>Ticked and told by one thread; asked by any.
 */
final class StaleMemberGuard {
    /** Beats that arrived before or during the standstill are read by then. */
    private static final Duration BACKLOG = Duration.ofSeconds(1);

    /** After this it goes on alone, as one side of a partition does. */
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
     * @param alone whether at the last tick there was nobody who could have given this node up
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

    /** A beat of another member has arrived. */
    void heard() {
        if (present && clock.nanos() - since > BACKLOG.toNanos()) {
            present = false;
        }
    }
}
