package io.colonnade.node.lane;

import io.colonnade.node.settings.NodeConfig;
import io.colonnade.app.AppTier;
import io.colonnade.balancer.PublicPort;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.dns.DnsTier;
import io.colonnade.routing.Routing;
import io.colonnade.transport.Transport;
import io.colonnade.web.Webroots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the lanes of a node are made of.
 *
 * @param app empty without the role
 * @param publicPort empty without the role balancer
 * @param dns empty without the role
 * @param nodeHeader the node's name for the fields {@code x-*-node}; null if they are left out
 */
public record Parts(
        NodeConfig config,
        Transport transport,
        Routing routing,
        Webroots webroots,
        Optional<AppTier> app,
        Optional<PublicPort> publicPort,
        Optional<DnsTier> dns,
        Clock clock,
        @Nullable String nodeHeader) {

    public boolean runs(Role role) {
        return config.roles().contains(role);
    }
}
