package io.colonnade.routing;

import io.colonnade.config.SiteConfig.Policy;
import java.util.List;

/** Makes the selector of each policy. */
final class Selectors {
    private Selectors() {}

    static Selector of(Policy policy, List<Endpoint> endpoints, TurnCounter turn) {
        if (endpoints.isEmpty()) {
            return () -> null;
        }
        return switch (policy) {
            case ROUND_ROBIN -> new RoundRobin(endpoints, turn);
            case LEAST_CONNECTIONS -> new LeastConnections(endpoints, turn);
            case WEIGHTED -> WeightedRoundRobin.of(endpoints, turn);
            case LOCAL_FIRST -> localFirst(endpoints, turn);
        };
    }

    private static Selector localFirst(List<Endpoint> endpoints, TurnCounter turn) {
        for (var endpoint : endpoints) {
            if (endpoint.self()) {
                return () -> endpoint;
            }
        }
        return new RoundRobin(endpoints, turn);
    }
}
