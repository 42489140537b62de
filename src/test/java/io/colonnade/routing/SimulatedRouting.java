package io.colonnade.routing;

import io.colonnade.cluster.Load;
import io.colonnade.cluster.Membership;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.transport.Forwarder;
import java.util.List;
import java.util.random.RandomGenerator;

/** A balancer's choice of a member in a simulated cluster: the real routing and the real retry, with chance from a seed. */
public final class SimulatedRouting {
    private final Routing routing;
    private final Retry retry;

    public SimulatedRouting(
            Membership membership,
            SiteConfig site,
            Clock clock,
            RandomGenerator random,
            Tier local,
            Forwarder forwarder) {
        routing = new Routing(membership, RoutingConfig.DEFAULTS, List.of(site), clock, random::nextInt);
        retry = new Retry(new Dispatch(routing, Role.WEB, local, forwarder), RetryConfig.DEFAULTS, clock, () -> {});
    }

    /** The way of every exchange. */
    public Tier tier() {
        return retry;
    }

    /** What a beat says of this balancer's exchanges. */
    public Load load() {
        return new Load(0, 0, 0, 0, routing.selected());
    }
}
