package io.colonnade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What clients notice when a node joins under load. */
final class ColdCase implements Case {
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 10;

    /** Of what the cluster can take; the newcomer's own start needs the same two cores. */
    private static final double SHARE = 0.2;

    private static final String ROLES = "balancer,web,app";

    @Override
    public String name() {
        return "cold";
    }

    @Override
    public String about() {
        return "Two warm nodes (roles " + ROLES
                + ", round-robin) at a fixed rate of a fifth of what they can take, and a third that joins: latencies of the whole"
                + " cluster in the "
                + SECONDS + " s before, while the newcomer's JVM starts until it is ready, in its first " + SECONDS
                + " s, and in the " + SECONDS + " s after. The newcomer starts on the same "
                + Runtime.getRuntime().availableProcessors() + " cores as all else.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 65 : 220;
    }

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var phases = new ArrayList<Phases>();
        for (var round = 1; round <= (ground.effort().quick() ? 1 : 2); round++) {
            ground.say("round " + round);
            phases.add(round(ground));
        }
        var chapter = new Chapter(this);
        var table = chapter.table("phase", "p50 ms", "p99 ms", "p99.9 ms");
        row(table, "before", phases.stream().map(Phases::before).toList());
        row(table, "it starts", phases.stream().map(Phases::starting).toList());
        row(
                table,
                "its first " + SECONDS + " s",
                phases.stream().map(Phases::during).toList());
        row(table, "after", phases.stream().map(Phases::after).toList());
        var during = phases.stream().map(each -> each.during().p99()).toList();
        var before = phases.stream().map(each -> each.before().p99()).toList();
        var ratio = Spread.ratio(during, before);
        chapter.verdict("p99 of the cluster, a node's first 10 s : before", ratio, "at most 2.00", ratio.median() <= 2);
        var rates = phases.stream().map(Phases::perSecond).toList();
        chapter.note("The rate was " + Spread.of(rates).text(0)
                + " requests/s. \"It starts\" is the worst of the windows of 2 s until it is ready.");
        return chapter;
    }

    private static void row(Chapter.Table table, String phase, List<Pacer.Latency> rounds) {
        table.row(
                phase,
                Spread.of(rounds.stream().map(Pacer.Latency::p50).toList()).text(2),
                Spread.of(rounds.stream().map(Pacer.Latency::p99).toList()).text(2),
                Spread.of(rounds.stream().map(Pacer.Latency::p999).toList()).text(2));
    }

    private static Phases round(BenchGround ground) throws IOException, BenchException {
        var nodes = new BenchNodes(ground);
        var port = ground.port();
        var first = nodes.node("first", port, List.of(), ROLES);
        var second = nodes.node("second", ground.port(), List.of(), ROLES);
        try (var cluster =
                new RunningContender(new Contender("colonnade", "", port, List.of(first, second)), List.of())) {
            cluster.awaitAnswer(HELLO);
            for (var node : cluster.programs()) {
                node.awaitLine("ready in ");
            }
            new Warming(ground.effort().warmSeconds(), 60).warm(cluster, HELLO, CONNECTIONS, ground.folder());
            var most = Saturation.measure(cluster, HELLO, CONNECTIONS, 3, ground.folder());
            var rate = most.perSecond() * SHARE;
            pace(ground, cluster, rate, 2); // warms the generator
            var before = pace(ground, cluster, rate, SECONDS);
            ground.say("a node joins");
            var third = cluster.add(nodes.node("third", ground.port(), List.of(), ROLES));
            var starting = pace(ground, cluster, rate, 2);
            while (!third.hasPrinted("ready in ")) {
                third.check();
                starting = worse(starting, pace(ground, cluster, rate, 2));
            }
            var during = pace(ground, cluster, rate, SECONDS);
            return new Phases(rate, before, starting, during, pace(ground, cluster, rate, SECONDS));
        }
    }

    private static Pacer.Latency worse(Pacer.Latency one, Pacer.Latency other) {
        return one.p99() > other.p99() ? one : other;
    }

    private static Pacer.Latency pace(BenchGround ground, RunningContender cluster, double rate, int seconds)
            throws IOException, BenchException {
        return ground.pacer().measure(cluster, HELLO, CONNECTIONS, rate, seconds);
    }

    /** One joining. */
    private record Phases(
            double perSecond,
            Pacer.Latency before,
            Pacer.Latency starting,
            Pacer.Latency during,
            Pacer.Latency after) {}
}
