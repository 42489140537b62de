package io.colonnade.routing;

import java.util.List;

/**
 * Of two endpoints selects the one with fewer exchanges in flight: the one whose turn it is, unless another one, drawn at
 * random, has fewer. This is the power of two choices (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing",
 * 2001). What other balancers have in flight is known from their last beats only. If all balancers took the endpoint with the
 * fewest of all, they would all send to it until the next beat. {@code src/test/sim/shares.txt} shows how even the shares are.
 */
record LeastConnections(List<Endpoint> endpoints, TurnCounter turn) implements Selector {
    @Override
    public Endpoint select() {
        var count = endpoints.size();
        var number = turn.next();
        var first = TurnCounter.of(number, count);
        if (count == 1) {
            return endpoints.get(first);
        }
        var second = (first + 1 + TurnCounter.of(TurnCounter.scattered(number), count - 1)) % count;
        var inTurn = endpoints.get(first);
        var other = endpoints.get(second);
        return other.inFlight() < inTurn.inFlight() ? other : inTurn;
    }
}
