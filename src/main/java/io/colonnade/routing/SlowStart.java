package io.colonnade.routing;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which members became ready a moment ago, by this node's own clock. A process that has just started takes several times
 * as long for an answer as one that has run for a while, so its share grows little by little. Any thread.
 *
 * <p>Only a member that was seen before it was ready is new: to a node that has just joined, the others are not new.
 */
final class SlowStart {
    private record Newcomer(long epoch, boolean ready, long since) {}

    private final Clock clock;
    private final TurnCounter chance;
    private volatile long span;
    private volatile Map<NodeId, Newcomer> newcomers = Map.of();

    /** @param chance whose turns serve as numbers drawn at random */
    SlowStart(Clock clock, TurnCounter chance, Duration span) {
        this.clock = clock;
        this.chance = chance;
        this.span = span.toNanos();
    }

    void span(Duration newSpan) {
        span = newSpan.toNanos();
    }

    /** To be called at every change of the membership. */
    synchronized void membersChanged(Snapshot now) {
        var next = new HashMap<NodeId, Newcomer>();
        for (var member : now.members()) {
            var newcomer = newcomer(member, newcomers.get(member.id()));
            if (newcomer != null) {
                next.put(member.id(), newcomer);
            }
        }
        newcomers = Map.copyOf(next);
    }

    private @Nullable Newcomer newcomer(Member member, @Nullable Newcomer before) {
        if (member.state() == State.JOINING) {
            return member.heard() ? new Newcomer(member.epoch(), false, 0) : null;
        }
        if (before == null || before.epoch() != member.epoch()) {
            return null;
        }
        return before.ready() ? before : new Newcomer(member.epoch(), true, clock.nanos());
    }

    /** A number from 0 to 1, without 1. */
    double drawn() {
        return chance.drawn();
    }

    /** Whether the member does not count as a whole member yet. */
    boolean concerns(Member member) {
        return share(member) < 1;
    }

    /** As how much of a member it counts now, 0 to 1. */
    double share(Member member) {
        var newcomer = newcomers.get(member.id());
        if (newcomer == null || !newcomer.ready() || newcomer.epoch() != member.epoch()) {
            return 1;
        }
        var passed = clock.nanos() - newcomer.since();
        return passed >= span ? 1 : (double) passed / span;
    }
}
