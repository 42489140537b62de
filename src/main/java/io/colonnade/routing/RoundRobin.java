package io.colonnade.routing;

import java.util.List;

/** Selects each endpoint in turn. */
record RoundRobin(List<Endpoint> endpoints, TurnCounter turn) implements Selector {
    @Override
    public Endpoint select() {
        return endpoints.get(turn.of(endpoints.size()));
    }
}
