package io.colonnade.sim;

import io.colonnade.config.SiteConfig.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Which share of the requests each node gets under each policy, if nodes differ in weight and speed. */
final class Shares {
    private static final int REQUESTS_PER_SECOND = 400;
    /** The slow start of all is over then. */
    private static final Duration BEFORE = Duration.ofSeconds(12);

    private static final Duration MEASURED = Duration.ofSeconds(15);

    private Shares() {}

    /** The table. */
    static List<String> run(long seed) {
        var shares = new EnumMap<Policy, double[]>(Policy.class);
        for (var policy : Policy.values()) {
            shares.put(policy, measure(policy, seed));
        }
        var lines = new ArrayList<String>();
        lines.add("Share of the requests in percent; a node takes 20 ms for an answer, node 10 takes 60 ms");
        lines.add("node weight " + String.join(" ", names()));
        for (var number = 0; number < SimulatedCluster.SIZE; number++) {
            lines.add(line(number, shares));
        }
        return lines;
    }

    /** Of the policies, as heads of columns. */
    static List<String> names() {
        return List.of(Policy.values()).stream()
                .map(policy -> String.format(
                        "%17s", policy.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .toList();
    }

    private static String line(int number, Map<Policy, double[]> shares) {
        var line = new StringBuilder(String.format("%4d %6d ", number + 1, weight(number)));
        shares.values().forEach(share -> line.append(String.format(Locale.ROOT, " %17.2f", share[number])));
        return line.toString();
    }

    private static double[] measure(Policy policy, long seed) {
        var simulation = new Simulation(seed, policy, Shares::weight, number -> number == 9 ? 60 : 20);
        simulation.load(REQUESTS_PER_SECOND);
        simulation.pass(BEFORE);
        var before = simulation.served();
        simulation.pass(MEASURED);
        var after = simulation.served();
        var all = IntStream.of(after).sum() - IntStream.of(before).sum();
        return IntStream.range(0, SimulatedCluster.SIZE)
                .mapToDouble(number -> 100.0 * (after[number] - before[number]) / all)
                .toArray();
    }

    /** Half of the nodes have weight 1, the others 2, but for the last one, which gets nothing. */
    private static int weight(int number) {
        return number == SimulatedCluster.SIZE - 1 ? 0 : 1 + number / (SimulatedCluster.SIZE / 2);
    }
}
