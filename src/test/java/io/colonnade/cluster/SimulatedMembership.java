package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One node's view of a simulated cluster: the real roster, called as {@link MembershipLoop} calls it, but in virtual time. */
public final class SimulatedMembership implements Membership {
    /** A member as Hazelcast lists it. */
    public record Listed(NodeId id, long epoch, String name) {
        private ListedMember joined() {
            return new ListedMember(id, epoch, name, Set.of(Role.WEB), 1, "machine of " + name, "1", 1, "127.0.0.1");
        }
    }

    /** A sign of life on its way. */
    public static final class Sign {
        private final Beat beat;

        private Sign(Beat beat) {
            this.beat = beat;
        }
    }

    private final Clock clock;
    private final Roster roster;
    private final List<Consumer<Snapshot>> listeners = new ArrayList<>();
    private Announcement announcement;
    private List<ListedMember> listed = List.of();
    private long number;

    /**
     * @param listener told of every change but those of load
     */
    public SimulatedMembership(NodeId self, int weight, HostedSite site, Clock clock, Consumer<Snapshot> listener) {
        this.clock = clock;
        this.roster = new Roster(self, ClusterConfig.DEFAULTS, clock);
        listeners.add(listener);
        this.announcement = new Announcement(
                State.JOINING,
                clock.now(),
                weight,
                List.of(site),
                null,
                new Address("127.0.0.1", 9080),
                Presence.NONE,
                true);
    }

    /** Hazelcast's list is now this one. */
    public void list(List<Listed> members) {
        listed = members.stream().map(Listed::joined).toList();
        roster.list(listed);
        tell();
    }

    public void announce(State state) {
        announcement = announcement.with(state, clock.now());
    }

    /** What happens once in each beat interval, up to the beat. */
    public void tick() {
        roster.list(listed);
        roster.tick();
        tell();
    }

    /** The beat for the others; only for a node that is listed. */
    public Sign beat(Load load) {
        var self = roster.self().orElseThrow();
        var beat = new Beat(self.id(), self.epoch(), number++, announcement, load, new Beat.Times(0, 0));
        hear(new Sign(beat));
        return new Sign(beat);
    }

    public void hear(Sign sign) {
        roster.hear(sign.beat);
        tell();
    }

    @Override
    public Snapshot snapshot() {
        return roster.snapshot();
    }

    @Override
    public void onChange(Consumer<Snapshot> other) {
        listeners.add(other);
        other.accept(snapshot());
    }

    private void tell() {
        roster.news().ifPresent(now -> listeners.forEach(listener -> listener.accept(now)));
    }
}
