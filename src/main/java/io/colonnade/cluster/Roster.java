package io.colonnade.cluster;

import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the snapshot from Hazelcast's list of members and from their beats. One thread at a time may use it; any thread may read
 * {@link #snapshot()}.
 */
final class Roster {
    private final NodeId self;
    private final long beatInterval;
    private final long silentAfter;
    private final Clock clock;
    private long lastTick;
    private List<ListedMember> list = List.of();
    private Map<NodeId, Seen> members = new LinkedHashMap<>();
    private boolean untold;
    private volatile Snapshot snapshot;

    /** The part of a member that listeners hear of when it changes. */
    private record Facts(ListedMember joined, Announcement announcement, boolean heard, Instant since) {
        static Facts heard(ListedMember joined, Announcement announcement) {
            return new Facts(joined, announcement, true, announcement.since());
        }

        Facts silent(Instant since) {
            return new Facts(joined, announcement, false, since);
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
                    heard,
                    announcement.answers());
        }
    }

    /**
     * A member with its last beat. Its entry for snapshots is made once, as there are many more snapshots than changes of one
     * member.
     */
    private record Seen(Facts facts, Load load, long beat, long heardAt, Member member) {
        static Seen of(Facts facts, Load load, long beat, long heardAt) {
            return new Seen(facts, load, beat, heardAt, facts.member(load));
        }

        static Seen first(ListedMember joined, boolean heard, Clock clock) {
            var since = clock.now();
            var announcement = Announcement.first(joined.host(), 1, since);
            return of(new Facts(joined, announcement, heard, since), Load.NONE, -1, clock.nanos());
        }

        Seen heard(Beat next, long now) {
            var newFacts = Facts.heard(facts.joined(), next.announcement());
            return newFacts.equals(facts) && next.load().equals(load)
                    ? new Seen(facts, load, next.number(), now, member)
                    : of(newFacts, next.load(), next.number(), now);
        }

        /** A beat of a member that was heard once and then fell silent: it is noted but not believed yet. */
        Seen doubted(Beat next, long now) {
            return new Seen(facts, load, next.number(), now, member);
        }

        boolean hasFallenSilent() {
            return beat >= 0 && !facts.heard();
        }

        Seen at(long newHeardAt) {
            return new Seen(facts, load, beat, newHeardAt, member);
        }

        Seen silent(Instant since) {
            return of(facts.silent(since), load, beat, heardAt);
        }

        /** This node itself, in a new life: what it announces is the same. */
        Seen rejoined(ListedMember again) {
            return of(Facts.heard(again, facts.announcement()), load, -1, heardAt);
        }

        boolean isLifeOf(ListedMember other) {
            return facts.joined().epoch() == other.epoch();
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
        var changed = untold;
        untold = false;
        return changed ? Optional.of(snapshot) : Optional.empty();
    }

    /**
     * Takes over Hazelcast's list. A member with another epoch than before is a new one, of which nothing has been heard yet.
     */
    void list(List<ListedMember> listed) {
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
        untold = true;
        publish();
    }

    private Seen next(Seen seen, ListedMember joined) {
        if (seen.isLifeOf(joined)) {
            return seen;
        }
        return joined.id().equals(self) ? seen.rejoined(joined) : first(joined);
    }

    private Seen first(ListedMember joined) {
        return Seen.first(joined, joined.id().equals(self), clock);
    }

    /** Whether the beat's sender is a member, and in that epoch. */
    boolean knows(Beat beat) {
        var seen = members.get(beat.from());
        return seen != null && seen.facts().joined().epoch() == beat.epoch();
    }

    /** Takes over what the beat says, unless it is late or of another life than the member's present one. */
    void hear(Beat beat) {
        var seen = members.get(beat.from());
        if (seen == null || !knows(beat) || beat.number() <= seen.beat()) {
            return;
        }
        var now = clock.nanos();
        if (seen.hasFallenSilent() && !comesInPace(now - seen.heardAt())) {
            members.put(beat.from(), seen.doubted(beat, now));
            return;
        }
        var heard = seen.heard(beat, now);
        members.put(beat.from(), heard);
        if (!heard.member().equals(seen.member())) {
            untold |= !heard.facts().equals(seen.facts());
            publish();
        }
    }

    /**
     * Whether this beat follows the one before it at the pace of beats. When a cut link heals, the beats arrive that were sent
     * before the other end gave this node up, all at once, and no others follow.
     */
    private boolean comesInPace(long sinceTheLast) {
        return sinceTheLast >= beatInterval / 2 && sinceTheLast < silentAfter;
    }

    /**
     * Finds the members that have fallen silent; to be called at every beat interval. Time in which this node itself stood still
     * (a stopped process, a long collection) does not count as silence: what arrived meanwhile may not have been read yet.
     */
    void tick() {
        var now = clock.nanos();
        var stoodStill = Math.max(0, now - lastTick - 2 * beatInterval);
        lastTick = now;
        members.replaceAll((id, seen) -> listen(id, seen, Math.max(0, now - seen.heardAt() - stoodStill), now));
        if (untold) {
            publish();
        }
    }

    private Seen listen(NodeId id, Seen seen, long silence, long now) {
        var listened = now - silence == seen.heardAt() ? seen : seen.at(now - silence);
        if (!seen.facts().heard() || id.equals(self) || silence < silentAfter) {
            return listened;
        }
        untold = true;
        return listened.silent(clock.now().minusNanos(silence));
    }

    private void publish() {
        var all = new ArrayList<Member>(members.size());
        members.values().forEach(seen -> all.add(seen.member()));
        snapshot = new Snapshot(self, List.copyOf(all));
    }
}
