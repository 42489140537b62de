package io.colonnade.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A figure over several rounds: the median, and what it lay between. */
record Spread(double median, double least, double most) {
    /** Of at least one round. The median of an even number is the mean of the middle two. */
    static Spread of(Collection<Double> rounds) {
        var sorted = rounds.stream().sorted().toList();
        var middle = sorted.size() / 2;
        var median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Of the ratios within each round: what slows a whole round down falls out. */
    static Spread ratio(List<Double> ours, List<Double> theirs) {
        return of(IntStream.range(0, ours.size())
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .toList());
    }

    /** Such as {@code 20.5 (19.8 to 21.0)}. */
    String text(int decimals) {
        return number(median, decimals) + " (" + number(least, decimals) + " to " + number(most, decimals) + ")";
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
