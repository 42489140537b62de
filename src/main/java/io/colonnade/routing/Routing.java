package io.colonnade.routing;

import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.colonnade.core.Tier;
import io.colonnade.transport.Forwarder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Sites by host, and who answers them; one for the node, used by all its lanes. Follows the membership. Any thread. */
public final class Routing {
    private final InFlight inFlight = new InFlight();
    private final TableBuilder builder;
    private volatile RoutingTable table = RoutingTable.EMPTY;

    private Routing(List<SiteConfig> sites) {
        builder = new TableBuilder(
                sites, inFlight, () -> ThreadLocalRandom.current().nextInt());
    }

    /**
     * Follows the membership from now on.
     *
     * @param sites the node's own sites, for their policies; a site that only others have gets the default policies
     */
    public static Routing follow(Membership membership, List<SiteConfig> sites) {
        var routing = new Routing(sites);
        membership.onChange(routing::rebuild);
        return routing;
    }

    private void rebuild(Snapshot snapshot) {
        table = builder.build(snapshot);
    }

    /**
     * The site of a host, or null if no member has one.
     *
     * @param host as in the field {@code Host}, with or without port
     */
    public @Nullable SiteId site(String host) {
        return table.site(host);
    }

    /**
     * Makes one lane's way to a tier.
     *
     * @param tier {@link Role#WEB} or {@link Role#APP}
     * @param local the lane's own instance, or null if this node does not run the tier
     */
    public Dispatch dispatch(Role tier, @Nullable Tier local, Forwarder forwarder) {
        return new Dispatch(this, tier, local, forwarder);
    }

    /** Exchanges in flight by the tier and the member this node selected, for {@link io.colonnade.cluster.Load}. */
    public Map<Role, Map<NodeId, Integer>> selected() {
        return inFlight.counts();
    }

    @Nullable
    Endpoints endpoints(Role tier, SiteId site) {
        return table.endpoints(tier, site);
    }
}
