package io.colonnade.routing;

import io.colonnade.config.SiteConfig.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of one tier of one site, and the policy that selects among them. Immutable but for whose turn it is. */
final class Endpoints {
    private final List<Endpoint> all;
    private final Policy policy;
    private final Turn turn;
    private final Selector selector;

    Endpoints(List<Endpoint> all, Policy policy, Turn turn) {
        this.all = List.copyOf(all);
        this.policy = policy;
        this.turn = turn;
        this.selector = Selector.of(policy, this.all, turn);
    }

    int size() {
        return all.size();
    }

    @Nullable
    Endpoint select() {
        return selector.select();
    }

    /** Selects an endpoint that is none of the tried ones, or null if there is no other. */
    @Nullable
    Endpoint selectOther(List<Endpoint> tried) {
        var others = all.stream().filter(endpoint -> !contains(tried, endpoint)).toList();
        return new Endpoints(others, policy, turn).select();
    }

    private static boolean contains(List<Endpoint> tried, Endpoint endpoint) {
        return tried.stream().anyMatch(other -> other.member().sameLifeAs(endpoint.member()));
    }
}
