package io.colonnade.routing;

import io.colonnade.cluster.Snapshot;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sites and the members that answer them, as of one snapshot of the membership. Replaced as a whole, never changed.
 *
 * @param snapshot what it was built of
 * @param hosts site names by host
 * @param defaultHost a host of the site that answers requests without a host; null if there is no site
 * @param contents the content of each site that requests are answered with
 * @param web the endpoints of the web tier
 * @param app the endpoints of the application tier
 */
record RoutingTable(
        Snapshot snapshot,
        Hosts hosts,
        @Nullable String defaultHost,
        Map<String, SiteId> contents,
        Map<SiteId, Endpoints> web,
        Map<SiteId, Endpoints> app) {
    static final RoutingTable EMPTY = new RoutingTable(
            new Snapshot(new NodeId(new UUID(0, 0)), List.of()), new Hosts(), null, Map.of(), Map.of(), Map.of());

    @Nullable
    SiteId site(String host) {
        var name = hosts.site(host);
        return name == null ? null : contents.get(name);
    }

    @Nullable
    Endpoints endpoints(Role tier, SiteId site) {
        return (tier == Role.WEB ? web : app).get(site);
    }
}
