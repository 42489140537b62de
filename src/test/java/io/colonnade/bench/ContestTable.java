package io.colonnade.bench;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Writes what a contest found into its chapter. */
final class ContestTable {
    private static final double MIB = 1_048_576;

    private final Chapter chapter;
    private final Contest contest;
    private final Chapter.Table table;

    ContestTable(Chapter chapter, Contest contest) {
        this.chapter = chapter;
        this.contest = contest;
        this.table = chapter.table(
                "request",
                "connections",
                "contender",
                "requests/s",
                "CPU us/request",
                "of which",
                "Colonnade : this",
                "at requests/s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "memory MiB");
    }

    void add(Ask ask, int connections, Map<RunningContender, Rounds> measured) {
        var ours = measured.values().iterator().next();
        measured.forEach((contender, rounds) -> {
            var cpu = Spread.of(rounds.saturation(Saturation::cpu));
            table.row(
                    ask.label(),
                    Integer.toString(connections),
                    contender.name(),
                    Spread.of(rounds.saturation(Saturation::perSecond)).text(0),
                    cpu.text(1),
                    parts(rounds),
                    rounds == ours ? "" : ratio(ours, rounds, Saturation::cpu).text(2),
                    rounds.isPaced() ? Long.toString(Math.round(rounds.pacedRate())) : "",
                    latency(rounds, Pacer.Latency::p50),
                    latency(rounds, Pacer.Latency::p99),
                    latency(rounds, Pacer.Latency::p999),
                    Spread.number(
                            Spread.of(rounds.saturation(Saturation::residentBytes))
                                            .median()
                                    / MIB,
                            0));
            chapter.bar(ask.label() + ", " + connections + " connections", contender.name(), cpu);
            judge(ask, connections, contender.name(), ours, rounds);
        });
    }

    private void judge(Ask ask, int connections, String peer, Rounds ours, Rounds theirs) {
        contest.targets().stream()
                .filter(target -> target.ask().equals(ask.label())
                        && target.connections() == connections
                        && target.peer().equals(peer))
                .forEach(target -> {
                    var ratio = ratio(target.metric(), ours, theirs);
                    chapter.verdict(target.what(), ratio, target.boundText(), target.isMet(ratio.median()));
                });
    }

    private static Spread ratio(Target.Metric metric, Rounds ours, Rounds theirs) {
        return switch (metric) {
            case CPU -> ratio(ours, theirs, Saturation::cpu);
            case RATE -> ratio(ours, theirs, Saturation::perSecond);
            case P99 -> Spread.ratio(ours.latency(Pacer.Latency::p99), theirs.latency(Pacer.Latency::p99));
        };
    }

    private static Spread ratio(Rounds ours, Rounds theirs, ToDoubleFunction<Saturation> figure) {
        return Spread.ratio(ours.saturation(figure), theirs.saturation(figure));
    }

    private static String latency(Rounds rounds, ToDoubleFunction<Pacer.Latency> figure) {
        return rounds.isPaced() ? Spread.of(rounds.latency(figure)).text(2) : "";
    }

    private static String parts(Rounds rounds) {
        var parts = rounds.parts();
        return parts.size() < 2
                ? ""
                : parts.entrySet().stream()
                        .map(part -> part.getKey() + " " + Spread.number(part.getValue(), 1))
                        .collect(Collectors.joining(", "));
    }
}
