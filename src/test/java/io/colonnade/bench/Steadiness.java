package io.colonnade.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out when a cost per request has come to rest: the last two windows are at most 5 % less than the two before them,
 * in the mean. What a machine that others share adds to single windows does not count: it does not fall from one second to the next.
 */
final class Steadiness {
    private static final int WINDOWS = 2;
    private static final double TOLERANCE = 0.05;

    private final List<Double> costs = new ArrayList<>();

    void add(double cost) {
        costs.add(cost);
    }

    boolean isReached() {
        return costs.size() >= 2 * WINDOWS && median(0) >= median(WINDOWS) * (1 - TOLERANCE);
    }

    /** Of the windows before so many of the last. */
    private double median(int before) {
        var end = costs.size() - before;
        return Spread.of(costs.subList(end - WINDOWS, end)).median();
    }

    @Override
    public String toString() {
        return costs.stream().map(cost -> Spread.number(cost, 1)).toList().toString();
    }
}
