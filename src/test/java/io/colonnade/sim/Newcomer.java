package io.colonnade.sim;

import io.colonnade.config.SiteConfig.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which share of the requests a node gets under each policy in the seconds after it has become ready again. */
final class Newcomer {
    private static final int REQUESTS_PER_SECOND = 400;
    private static final int SECONDS = 14;
    private static final int RESTARTS = 5;

    private Newcomer() {}

    /** The table. */
    static List<String> run(long seed) {
        var columns = List.of(Policy.values()).stream()
                .map(policy -> measure(policy, seed))
                .toList();
        var lines = new ArrayList<String>();
        lines.add("Share of the requests in percent that one of 20 nodes gets after its restart; 5 is even");
        lines.add("second " + String.join(" ", Shares.names()));
        for (var second = 0; second < SECONDS; second++) {
            var line = new StringBuilder(String.format("%6d ", second + 1));
            for (var column : columns) {
                line.append(String.format(Locale.ROOT, " %17.2f", column[second]));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static double[] measure(Policy policy, long seed) {
        var simulation = new Simulation(seed, policy, number -> 1, number -> 20);
        simulation.load(REQUESTS_PER_SECOND);
        simulation.pass(Duration.ofSeconds(15));
        var newcomers = new int[SECONDS];
        var all = new int[SECONDS];
        for (var restart = 0; restart < RESTARTS; restart++) {
            var node = simulation.node(restart);
            simulation.kill(List.of(node));
            simulation.pass(Duration.ofSeconds(2));
            simulation.restart(List.of(node));
            simulation.pass(Duration.ofSeconds(1));
            for (var second = 0; second < SECONDS; second++) {
                var before = simulation.served();
                simulation.pass(Duration.ofSeconds(1));
                var after = simulation.served();
                newcomers[second] += after[restart] - before[restart];
                all[second] += IntStream.of(after).sum() - IntStream.of(before).sum();
            }
        }
        return IntStream.range(0, SECONDS)
                .mapToDouble(second -> 100.0 * newcomers[second] / all[second])
                .toArray();
    }
}
