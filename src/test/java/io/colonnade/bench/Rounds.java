package io.colonnade.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What several rounds have given for one contender. */
final class Rounds {
    private final List<Saturation> saturations = new ArrayList<>();
    private final List<Pacer.Latency> latencies = new ArrayList<>();
    private double pacedRate;

    void add(Saturation saturation) {
        saturations.add(saturation);
    }

    /** At a fixed rate of so many requests a second. */
    void add(Pacer.Latency latency, double perSecond) {
        latencies.add(latency);
        pacedRate = perSecond;
    }

    double pacedRate() {
        return pacedRate;
    }

    boolean isPaced() {
        return !latencies.isEmpty();
    }

    List<Double> saturation(ToDoubleFunction<Saturation> figure) {
        return saturations.stream().map(figure::applyAsDouble).toList();
    }

    List<Double> latency(ToDoubleFunction<Pacer.Latency> figure) {
        return latencies.stream().map(figure::applyAsDouble).toList();
    }

    /** The median of each program's CPU time per request. */
    Map<String, Double> parts() {
        var parts = new LinkedHashMap<String, Double>();
        saturations
                .get(0)
                .cpuMicros()
                .keySet()
                .forEach(name -> parts.put(
                        name,
                        Spread.of(saturation(each -> each.cpuMicros().getOrDefault(name, 0.0)))
                                .median()));
        return parts;
    }
}
