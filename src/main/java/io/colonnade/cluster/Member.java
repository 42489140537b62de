package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of the cluster as this node sees it at one moment.
 *
 * @param name readable and unique in the cluster, such as {@code amber-heron}
 * @param epoch fresh at every start and every rejoin; what was meant for another epoch is not for this member
 * @param roles what it runs
 * @param state its state as last announced
 * @param since when it came into its state, by its own clock; if it is not heard, when it was heard last, by this node's
 * @param weight its share under weighted round-robin; at least 0. Default 1
 * @param lanes how many lanes it has; their indexes are 0 to lanes - 1
 * @param machine the same for all members on one machine
 * @param publicAddress where its balancer listens, if it has that role
 * @param admin its admin port; port 0 until it has announced one
 * @param presence how the world finds it
 * @param sites what it can answer
 * @param load how busy it is
 * @param version of its software
 * @param protocol the newest that it speaks; see {@link io.colonnade.core.Protocol}
 * @param answers whether any of its lanes has taken its turn within the last second, and clients can connect to it, as it says itself
 * @param heard whether its beats arrive: false before the first one, and again when it falls silent
 */
public record Member(
        NodeId id,
        String name,
        long epoch,
        Set<Role> roles,
        State state,
        Instant since,
        int weight,
        int lanes,
        String machine,
        @Nullable Address publicAddress,
        Address admin,
        Presence presence,
        List<HostedSite> sites,
        Load load,
        String version,
        int protocol,
        boolean heard,
        boolean answers) {

    /** Whether it may be selected as long as there are others: it is ready, is heard, and its lanes take their turns. */
    public boolean isFit() {
        return state == State.READY && heard && answers;
    }

    /** Whether this is still the same start of the same node. */
    public boolean sameLifeAs(Member other) {
        return id.equals(other.id) && epoch == other.epoch;
    }
}
