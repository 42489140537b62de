package io.colonnade.routing;

import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sites by host, and the members that answer them, as the membership is now. There is one for the node, which all its lanes
 * use. Any thread.
 */
public final class Routing {
    private final Membership membership;
    private final InFlight inFlight = new InFlight();
    private final TableBuilder builder;
    private final Suspects suspects;
    private final SlowStart slowStart;
    private volatile RoutingTable table = RoutingTable.EMPTY;

    /**
     * @param sites the node's own sites, for their policies; a site that only others have gets the default policies
     */
    public Routing(Membership membership, RoutingConfig config, List<SiteConfig> sites, Clock clock) {
        this(membership, config, sites, clock, () -> ThreadLocalRandom.current().nextInt());
    }

    /**
     * @param firstTurn where the turns of a site and tier begin; any number
     */
    Routing(Membership membership, RoutingConfig config, List<SiteConfig> sites, Clock clock, IntSupplier firstTurn) {
        this.membership = membership;
        this.suspects = new Suspects(clock);
        this.slowStart = new SlowStart(clock, new TurnCounter(firstTurn.getAsInt()), config.slowStart());
        this.builder = new TableBuilder(sites, inFlight, slowStart, firstTurn);
        membership.onChange(slowStart::membersChanged);
    }

    /**
     * The site of a host, or null if no member has one.
     *
     * @param host as in the field {@code Host}, with or without port
     */
    public @Nullable SiteId site(String host) {
        return table().site(host);
    }

    /**
     * A host of the site that answers requests which name none, as those of HTTP/1.0 may: the default site of this node, else of
     * another member; else the first site of this node, else of another member. Of several members, the one that joined first counts.
     * Null if no member has a site.
     */
    public @Nullable String defaultHost() {
        return table().defaultHost();
    }

    /** Selects by the policies of these sites from now on; whose turn it is stays. */
    public synchronized void configure(List<SiteConfig> sites) {
        builder.configure(sites);
        table = RoutingTable.EMPTY;
    }

    /** Selects members by this configuration from now on. */
    public void configure(RoutingConfig config) {
        slowStart.span(config.slowStart());
    }

    /** Exchanges in flight by the tier and the member this node selected, for {@link io.colonnade.cluster.Load}. */
    public Map<Role, Map<NodeId, Integer>> selected() {
        return inFlight.counts();
    }

    Suspects suspects() {
        return suspects;
    }

    @Nullable
    Endpoints endpoints(Role tier, SiteId site) {
        return table().endpoints(tier, site);
    }

    /** Called at each exchange. {@link Membership#onChange} would not do: it does not tell of loads, and it comes later. */
    @SuppressWarnings("ReferenceEquality") // snapshots are replaced as a whole
    private RoutingTable table() {
        var snapshot = membership.snapshot();
        var current = table;
        return current.snapshot() == snapshot ? current : rebuild(snapshot);
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized RoutingTable rebuild(Snapshot snapshot) {
        var current = table.snapshot() == snapshot ? table : builder.build(snapshot);
        table = current;
        return current;
    }
}
