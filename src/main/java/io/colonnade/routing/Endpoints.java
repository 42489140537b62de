package io.colonnade.routing;

import io.colonnade.config.SiteConfig.Policy;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The endpoints of one tier of one site, and the policy that selects among them. Immutable but for whose turn it is. */
final class Endpoints {
    private final List<Endpoint> all;
    private final boolean siteReady;
    private final Policy policy;
    private final TurnCounter turn;
    private final SlowStart slowStart;
    private final Selector selector;

    /** @param siteReady whether the site is ready on them */
    Endpoints(List<Endpoint> all, boolean siteReady, Policy policy, TurnCounter turn, SlowStart slowStart) {
        this.all = List.copyOf(all);
        this.siteReady = siteReady;
        this.policy = policy;
        this.turn = turn;
        this.slowStart = slowStart;
        var byPolicy = Selectors.of(policy, this.all, turn);
        var gradual = all.stream().anyMatch(endpoint -> slowStart.concerns(endpoint.member()));
        this.selector = gradual ? new SlowStartSelector(byPolicy, this.all, slowStart) : byPolicy;
    }

    int size() {
        return all.size();
    }

    boolean siteReady() {
        return siteReady;
    }

    @Nullable
    Endpoint select() {
        return selector.select();
    }

    /** Selects an endpoint that need not be avoided; null if there is none. */
    @Nullable
    Endpoint selectBut(Predicate<Endpoint> avoided) {
        var others = all.stream().filter(avoided.negate()).toList();
        return new Endpoints(others, siteReady, policy, turn, slowStart).select();
    }
}
