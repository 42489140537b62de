package io.colonnade.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * nginx's smooth weighted round-robin: weights 5, 1, 1 give a a b a c a a. The order repeats after as many turns as the weights
 * add up to. So it is computed once for each change of the members, and selecting is then round-robin over that order.
 */
final class WeightedRoundRobin {
    /** Weights that add up to more are scaled down, which keeps the order short and each share within 1 % of what it should be. */
    private static final int MAX_TURNS = 1000;

    private WeightedRoundRobin() {}

    /** An endpoint with weight 0 is never selected. */
    static Selector of(List<Endpoint> endpoints, TurnCounter turn) {
        var order = order(endpoints);
        return order.isEmpty() ? () -> null : new RoundRobin(order, turn);
    }

    private static List<Endpoint> order(List<Endpoint> endpoints) {
        var weights = weights(endpoints);
        var total = sum(weights);
        var current = new long[weights.length];
        var order = new ArrayList<Endpoint>();
        for (var turns = 0; turns < total; turns++) {
            var heaviest = 0;
            for (var i = 0; i < weights.length; i++) {
                current[i] += weights[i];
                heaviest = current[i] > current[heaviest] ? i : heaviest;
            }
            current[heaviest] -= total;
            order.add(endpoints.get(heaviest));
        }
        return List.copyOf(order);
    }

    private static long[] weights(List<Endpoint> endpoints) {
        var weights = new long[endpoints.size()];
        for (var i = 0; i < weights.length; i++) {
            weights[i] = endpoints.get(i).member().weight();
        }
        var total = sum(weights);
        for (var i = 0; i < weights.length && total > MAX_TURNS; i++) {
            weights[i] = weights[i] == 0 ? 0 : Math.max(1, weights[i] * MAX_TURNS / total);
        }
        return weights;
    }

    private static long sum(long[] weights) {
        var total = 0L;
        for (var weight : weights) {
            total += weight;
        }
        return total;
    }
}
