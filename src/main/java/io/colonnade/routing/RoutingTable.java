package io.colonnade.routing;

import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which sites there are and who answers them, as of one snapshot of the membership. Replaced as a whole, never changed.
 *
 * @param hosts site names by host
 * @param contents the content of each site that requests are answered with
 * @param web the endpoints of the web tier
 * @param app the endpoints of the application tier
 */
record RoutingTable(Hosts hosts, Map<String, SiteId> contents, Map<SiteId, Endpoints> web, Map<SiteId, Endpoints> app) {
    static final RoutingTable EMPTY = new RoutingTable(new Hosts(), Map.of(), Map.of(), Map.of());

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
