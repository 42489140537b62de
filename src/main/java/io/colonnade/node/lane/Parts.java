package io.colonnade.node.lane;

import io.colonnade.balancer.PublicPort;
import io.colonnade.cluster.Load;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.routing.Routing;
import io.colonnade.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What the lanes of a node are made of.
 *
 * @param nodeHeader the node's name for the fields {@code x-*-node}; null if they are left out
 */
public record Parts(
        NodeConfig config,
        Transport transport,
        Routing routing,
        Tiers tiers,
        Clock clock,
        @Nullable String nodeHeader) {

    boolean runs(Role role) {
        return config.roles().contains(role);
    }

    /** What the node tells the other members about its work. */
    public Load load() {
        return new Load(
                tiers.served(),
                tiers.inFlight(),
                tiers.publicPort().map(PublicPort::requests).orElse(0L),
                tiers.publicPort().map(PublicPort::errors).orElse(0L),
                routing.selected());
    }
}
