package io.colonnade.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out a {@link Contest}: parity, choice of configurations, warming, rounds in turn, a fixed rate. */
final class ContestRun implements AutoCloseable {
    private static final int CONNECTIONS = 64;
    private static final int CHOOSING_ROUNDS = 3;
    private static final int CHOOSING_SECONDS = 1;

    private final BenchGround ground;
    private final Effort effort;
    private final Contest contest;
    private final Chapter chapter;
    private final Path folder;
    private final List<RunningContender> running = new ArrayList<>();

    ContestRun(BenchGround ground, Contest contest, Chapter chapter) throws IOException {
        this.ground = ground;
        this.effort = ground.effort();
        this.contest = contest;
        this.chapter = chapter;
        this.folder = ground.folder("run");
    }

    Chapter run() throws IOException, BenchException {
        start();
        ground.say("are the answers the same?");
        Parity.prove(running, contest.asks());
        warm(contest.asks().get(0), effort.warmSeconds());
        choose();
        var table = new ContestTable(chapter, contest);
        for (var connections : contest.connections()) {
            for (var ask : contest.asks()) {
                measure(table, ask, connections);
            }
        }
        return chapter;
    }

    private void measure(ContestTable table, Ask ask, int connections) throws IOException {
        var used = Math.min(connections, ask.connections());
        var first = connections == contest.connections().get(0);
        try {
            table.add(ask, used, measured(ask, used, first));
        } catch (BenchException failed) {
            chapter.fail(ask.label() + " on " + used + " connections: " + failed.getMessage());
        }
    }

    private void start() throws IOException, BenchException {
        ground.say("starts " + contest.entries().stream().map(Entry::name).toList());
        for (var entry : contest.entries()) {
            for (var variant : effort.quick() ? entry.variants().subList(0, 1) : entry.variants()) {
                running.add(new RunningContender(variant, contest.shared()));
            }
        }
        for (var contender : running) {
            contender.awaitAnswer(contest.asks().get(0));
        }
    }

    /** Of each peer's configurations the one that costs less goes on. */
    private void choose() throws IOException, BenchException {
        for (var entry : contest.entries()) {
            var variants = running.stream()
                    .filter(contender -> contender.name().equals(entry.name()))
                    .toList();
            if (variants.size() > 1) {
                ground.say("compares the configurations of " + entry.name());
                var best = best(
                        entry.name(),
                        rounds(variants, contest.asks().get(0), CONNECTIONS, CHOOSING_ROUNDS, CHOOSING_SECONDS));
                for (var variant : variants) {
                    if (variant != best) {
                        running.remove(variant);
                        variant.close();
                    }
                }
            }
        }
    }

    private RunningContender best(String name, Map<RunningContender, Rounds> rounds) {
        var costs = new LinkedHashMap<RunningContender, Double>();
        rounds.forEach((variant, measured) -> costs.put(
                variant, Spread.of(measured.saturation(Saturation::cpu)).median()));
        var best = costs.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        var most = costs.values().stream().mapToDouble(each -> each).max().orElseThrow();
        var texts = costs.entrySet().stream()
                .map(cost -> cost.getKey().contender().variant() + " " + Spread.number(cost.getValue(), 1) + " us")
                .toList();
        chapter.note("Configurations of " + name + ": " + String.join(", ", texts) + ", "
                + (most <= best.getValue() * 1.05 ? "which agree within 5 %; " : "which do not agree within 5 %; ")
                + best.getKey().contender().variant() + " counts.");
        return best.getKey();
    }

    private Map<RunningContender, Rounds> measured(Ask ask, int connections, boolean first)
            throws IOException, BenchException {
        if (first && !ask.equals(contest.asks().get(0))) {
            warm(ask, 0);
        }
        ground.say(ask.label() + " on " + connections + " connections, " + effort.rounds() + " rounds");
        var rounds = rounds(running, ask, connections, effort.rounds(), effort.seconds());
        if (first) {
            pace(ask, connections, rounds);
        }
        return rounds;
    }

    private void warm(Ask ask, int seconds) throws IOException, BenchException {
        var connections = Math.min(CONNECTIONS, ask.connections());
        for (var contender : running) {
            ground.say("warms " + contender.contender().fullName() + " with " + ask.label());
            new Warming(seconds, effort.warmLimitSeconds())
                    .warm(contender, tagged(contender, ask), connections, folder);
        }
    }

    private Map<RunningContender, Rounds> rounds(
            List<RunningContender> contenders, Ask ask, int connections, int count, int seconds)
            throws IOException, BenchException {
        var rounds = new LinkedHashMap<RunningContender, Rounds>();
        contenders.forEach(contender -> rounds.put(contender, new Rounds()));
        for (var round = 0; round < count; round++) {
            for (var contender : contenders) {
                rounds.get(contender).add(saturate(contender, ask, connections, seconds));
            }
        }
        return rounds;
    }

    private void pace(Ask ask, int connections, Map<RunningContender, Rounds> rounds)
            throws IOException, BenchException {
        var slowest = rounds.values().stream()
                .mapToDouble(each ->
                        Spread.of(each.saturation(Saturation::perSecond)).median())
                .min()
                .orElseThrow();
        var rate = slowest / 2;
        ground.say(ask.label() + " at " + Math.round(rate) + " requests/s");
        for (var round = 0; round <= effort.pacedRounds(); round++) {
            for (var contender : running) {
                var tagged = tagged(contender, ask);
                var latency = ground.pacer().measure(contender, tagged, connections, rate, effort.seconds());
                if (round > 0) { // the first warms the generator
                    rounds.get(contender).add(latency, rate);
                }
            }
        }
    }

    private Saturation saturate(RunningContender contender, Ask ask, int connections, int seconds)
            throws IOException, BenchException {
        return Saturation.measure(contender, tagged(contender, ask), connections, seconds, folder);
    }

    private static Ask tagged(RunningContender contender, Ask ask) throws IOException {
        return ask.conditional() ? ask.tagged(contender.tag(ask.path())) : ask;
    }

    @Override
    public void close() {
        running.forEach(RunningContender::close);
    }
}
