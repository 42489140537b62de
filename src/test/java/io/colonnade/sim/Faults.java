package io.colonnade.sim;

import io.colonnade.config.SiteConfig.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Every kind of fault again and again, on nodes chosen by the seed. */
final class Faults {
    private static final double REQUESTS_PER_SECOND = 20;
    private static final Duration CALM = Duration.ofSeconds(5);

    private final Simulation simulation;
    private final Map<String, Findings> found = new LinkedHashMap<>();

    private Faults(long seed) {
        simulation = new Simulation(seed, Policy.ROUND_ROBIN, number -> 1, number -> 20);
        simulation.load(REQUESTS_PER_SECOND);
    }

    /** The table of so many clusters, each with a seed of its own, that have lived through each kind of fault once. */
    static List<String> run(int clusters) {
        var each = IntStream.range(0, clusters)
                .parallel()
                .mapToObj(seed -> new Faults(seed).once())
                .toList();
        var sums = new LinkedHashMap<String, Findings>();
        each.forEach(one -> one.forEach((name, findings) ->
                sums.computeIfAbsent(name, any -> new Findings()).add(findings)));
        var lines = new ArrayList<>(Findings.head());
        sums.forEach((name, findings) -> lines.add(findings.line(name)));
        return lines;
    }

    private Map<String, Findings> once() {
        calm();
        deaths();
        standstills();
        cuts();
        lostBeats();
        drain();
        return found;
    }

    private void calm() {
        incident("nothing", 30, () -> {}, () -> {});
    }

    private void deaths() {
        for (var count : new int[] {1, 2}) {
            var nodes = simulation.some(count);
            incident("kill " + count, 6, () -> simulation.kill(nodes), () -> simulation.restart(nodes));
        }
    }

    private void standstills() {
        for (var millis : new int[] {500, 1000, 2000, 2500, 3000, 3500, 5000}) {
            var node = simulation.some(1).get(0);
            incident(
                    "collection " + millis + " ms",
                    millis / 1000.0,
                    () -> simulation.collectGarbage(node),
                    () -> simulation.thaw(node));
        }
        for (var seconds : new int[] {8, 20}) {
            var node = simulation.some(1).get(0);
            incident("frozen " + seconds + " s", seconds, () -> simulation.freeze(node), () -> simulation.thaw(node));
        }
    }

    private void cuts() {
        for (var seconds : new int[] {2, 4, 15}) {
            var nodes = simulation.some(1);
            incident(
                    "cut off " + seconds + " s", seconds, () -> simulation.cutOff(nodes), () -> simulation.heal(nodes));
        }
        var half = simulation.some(SimulatedCluster.SIZE / 2);
        incident("split in halves 15 s", 15, () -> simulation.cutOff(half), () -> simulation.heal(half));
    }

    private void lostBeats() {
        for (var percent : new int[] {1, 10, 30, 50}) {
            incident(
                    "beats lost " + percent + " %",
                    30,
                    () -> simulation.loseBeats(percent / 100.0),
                    () -> simulation.loseBeats(0));
        }
    }

    private void drain() {
        var node = simulation.some(1).get(0);
        incident(
                "drain and restart",
                16,
                () -> simulation.drain(node, Duration.ofSeconds(15)),
                () -> simulation.restart(List.of(node)));
    }

    private void incident(String name, double seconds, Runnable begin, Runnable end) {
        var lasts = Duration.ofMillis((long) (seconds * 1000));
        simulation.incident(found.computeIfAbsent(name, any -> new Findings()), lasts, begin, end);
        simulation.pass(CALM);
    }
}
