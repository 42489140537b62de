package io.colonnade.cluster;

import io.colonnade.core.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node tells about itself that changes while it runs. */
record Announcement(
        State state, List<HostedSite> sites, @Nullable Address publicAddress, Address admin, Presence presence) {
    /** Of a node that has not announced anything. */
    static Announcement first(String host) {
        return new Announcement(State.JOINING, List.of(), null, new Address(host, 0), Presence.NONE);
    }

    Announcement with(State newState) {
        return new Announcement(newState, sites, publicAddress, admin, presence);
    }

    Announcement with(List<HostedSite> newSites) {
        return new Announcement(state, List.copyOf(newSites), publicAddress, admin, presence);
    }

    Announcement with(Address newAdmin, @Nullable Address newPublicAddress) {
        return new Announcement(state, sites, newPublicAddress, newAdmin, presence);
    }

    Announcement with(Presence newPresence) {
        return new Announcement(state, sites, publicAddress, admin, newPresence);
    }
}
