package io.colonnade.cluster;

import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the snapshot of what Hazelcast lists and what the beats say. Used by one thread at a time; {@link #snapshot()} may be
 * read by any.
 */
final class Roster {
    private final NodeId self;
    private final long beatInterval;
    private final long silentAfter;
    private final Clock clock;
    private long lastTick;
    private List<Joined> list = List.of();
    private Map<NodeId, Seen> members = new LinkedHashMap<>();
    private List<Facts> told = List.of();
    private volatile Snapshot snapshot;

    /** What listeners want to hear of when it changes. */
    private record Facts(Joined joined, Announcement announcement, boolean heard, Instant since) {
        static Facts heard(Joined joined, Announcement announcement) {
            return new Facts(joined, announcement, true, announcement.since());
        }

        Facts silent(Instant since) {
            return heard ? new Facts(joined, announcement, false, since) : this;
        }

        Member member(Load load) {
            return new Member(
                    joined.id(),
                    joined.name(),
                    joined.epoch(),
                    joined.roles(),
                    announcement.state(),
                    since,
                    announcement.weight(),
                    joined.lanes(),
                    joined.machine(),
                    announcement.publicAddress(),
                    announcement.admin(),
                    announcement.presence(),
                    announcement.sites(),
                    load,
                    joined.version(),
                    joined.protocol(),
                    heard);
        }
    }

    private record Seen(Facts facts, Load load, long beat, long heardAt) {
        static Seen first(Joined joined, boolean heard, Clock clock) {
            var since = clock.now();
            var announcement = Announcement.first(joined.host(), 1, since);
            return new Seen(new Facts(joined, announcement, heard, since), Load.NONE, -1, clock.nanos());
        }

        Seen heard(Beat next, long now) {
            return new Seen(Facts.heard(facts.joined(), next.announcement()), next.load(), next.number(), now);
        }

        Seen at(long newHeardAt) {
            return new Seen(facts, load, beat, newHeardAt);
        }

        Seen silent(Instant since) {
            return new Seen(facts.silent(since), load, beat, heardAt);
        }

        /** This node itself, in a new life: what it announces is the same. */
        Seen rejoined(Joined again) {
            return new Seen(Facts.heard(again, facts.announcement()), load, -1, heardAt);
        }

        boolean isLifeOf(Joined other) {
            return facts.joined().epoch() == other.epoch();
        }

        Member member() {
            return facts.member(load);
        }
    }

    Roster(NodeId self, ClusterConfig config, Clock clock) {
        this.self = self;
        this.beatInterval = config.beatInterval().toNanos();
        this.silentAfter = config.silentAfter().toNanos();
        this.clock = clock;
        this.lastTick = clock.nanos();
        this.snapshot = new Snapshot(self, List.of());
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** This node's own entry; empty as long as Hazelcast does not list it. */
    Optional<Member> self() {
        return snapshot.member(self);
    }

    /** The snapshot, if anything but load figures has changed since this was asked last. */
    Optional<Snapshot> news() {
        var facts = members.values().stream().map(Seen::facts).toList();
        if (facts.equals(told)) {
            return Optional.empty();
        }
        told = facts;
        return Optional.of(snapshot);
    }

    /** Takes over Hazelcast's list. A member with another epoch than before is a new one, of which nothing has been heard. */
    void list(List<Joined> listed) {
        if (listed.equals(list)) {
            return;
        }
        var next = new LinkedHashMap<NodeId, Seen>();
        for (var joined : listed) {
            var seen = members.get(joined.id());
            next.put(joined.id(), seen == null ? first(joined) : next(seen, joined));
        }
        list = listed;
        members = next;
        publish();
    }

    private Seen next(Seen seen, Joined joined) {
        if (seen.isLifeOf(joined)) {
            return seen;
        }
        return joined.id().equals(self) ? seen.rejoined(joined) : first(joined);
    }

    private Seen first(Joined joined) {
        return Seen.first(joined, joined.id().equals(self), clock);
    }

    /** Whether the beat's sender is a member, and in that epoch. */
    boolean knows(Beat beat) {
        var seen = members.get(beat.from());
        return seen != null && seen.facts().joined().epoch() == beat.epoch();
    }

    /** Takes over what the beat says, unless it is late, or of another life than the member's present one. */
    void hear(Beat beat) {
        var seen = members.get(beat.from());
        if (seen == null || !knows(beat) || beat.number() <= seen.beat()) {
            return;
        }
        members.put(beat.from(), seen.heard(beat, clock.nanos()));
        publish();
    }

    /**
     * Finds who has fallen silent; to be called at every beat interval. Time in which this node itself stood still (a stopped
     * process, a long collection) is nobody's silence: what arrived meanwhile may not have been read yet.
     */
    void tick() {
        var now = clock.nanos();
        var stoodStill = Math.max(0, now - lastTick - 2 * beatInterval);
        lastTick = now;
        members.replaceAll((id, seen) -> listen(id, seen, Math.max(0, now - seen.heardAt() - stoodStill), now));
        publish();
    }

    private Seen listen(NodeId id, Seen seen, long silence, long now) {
        var listened = seen.at(now - silence);
        var heard = id.equals(self) || silence < silentAfter;
        return heard ? listened : listened.silent(clock.now().minusNanos(silence));
    }

    private void publish() {
        snapshot =
                new Snapshot(self, members.values().stream().map(Seen::member).toList());
    }
}
