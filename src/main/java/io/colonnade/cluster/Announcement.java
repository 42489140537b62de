package io.colonnade.cluster;

import io.colonnade.core.Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells about itself that changes while it runs.
 *
 * @param answers whether any of its lanes has taken its turn within the last second, and clients can connect to it
 * @param since when the node came into its state, by its own clock; to the millisecond, as a beat carries it
 */
record Announcement(
        State state,
        Instant since,
        int weight,
        List<HostedSite> sites,
        @Nullable Address publicAddress,
        Address admin,
        Presence presence,
        boolean answers) {
    Announcement {
        since = since.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The announcement of a node that has not announced anything yet. */
    static Announcement first(String host, int weight, Instant since) {
        return new Announcement(
                State.JOINING, since, weight, List.of(), null, new Address(host, 0), Presence.NONE, true);
    }

    Announcement with(State newState, Instant now) {
        return newState == state
                ? this
                : new Announcement(newState, now, weight, sites, publicAddress, admin, presence, answers);
    }

    Announcement with(int newWeight) {
        return new Announcement(state, since, newWeight, sites, publicAddress, admin, presence, answers);
    }

    Announcement with(List<HostedSite> newSites) {
        return new Announcement(state, since, weight, List.copyOf(newSites), publicAddress, admin, presence, answers);
    }

    Announcement with(Address newAdmin, @Nullable Address newPublicAddress) {
        return new Announcement(state, since, weight, sites, newPublicAddress, newAdmin, presence, answers);
    }

    Announcement with(Presence newPresence) {
        return new Announcement(state, since, weight, sites, publicAddress, admin, newPresence, answers);
    }

    Announcement answering(boolean answersNow) {
        return new Announcement(state, since, weight, sites, publicAddress, admin, presence, answersNow);
    }
}
