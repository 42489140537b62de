package io.colonnade.routing;

import io.colonnade.config.SiteConfig.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy at work on a fixed list of endpoints; any thread, allocates nothing. */
@FunctionalInterface
interface Selector {
    /** The endpoint for the next exchange, or null if there is none. */
    @Nullable
    Endpoint select();

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
