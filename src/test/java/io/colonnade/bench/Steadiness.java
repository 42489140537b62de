package io.colonnade.bench;

import java.util.ArrayList;
import java.util.List;

/** Finds out when a cost per request has come to rest: the last three windows lie within 5 % of their median. */
final class Steadiness {
    private static final int WINDOWS = 3;
    private static final double TOLERANCE = 0.05;

    private final List<Double> costs = new ArrayList<>();

    void add(double cost) {
        costs.add(cost);
    }

    boolean isReached() {
        if (costs.size() < WINDOWS) {
            return false;
        }
        var last = Spread.of(costs.subList(costs.size() - WINDOWS, costs.size()));
        return last.most() <= last.median() * (1 + TOLERANCE) && last.least() >= last.median() * (1 - TOLERANCE);
    }

    @Override
    public String toString() {
        return costs.stream().map(cost -> Spread.number(cost, 1)).toList().toString();
    }
}
