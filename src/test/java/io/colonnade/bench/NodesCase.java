package io.colonnade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the cost of a request grows with the cluster. */
final class NodesCase implements Case {
    private static final Ask HELLO = Ask.get("43 B", "/hello");
    private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC");
    private static final int CONNECTIONS = 64;
    /** The compilers of all nodes share the cores: the more there are, the longer it takes until each is warm. */
    private static final int WARM_SECONDS_PER_NODE = 4;

    private static final int MOST_WARM_SECONDS = 240;

    /** What the load has given the compilers to do they get done when it is off. */
    private static final int COMPILING_MILLIS = 20_000;

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public String about() {
        return "A cluster that grows on this one machine: one node is the balancer, all others have the roles web and app, so that every"
                + " request takes the hop; CPU time of all nodes per request of 43 bytes, and how long each newcomer takes from its"
                + " process's start until it is ready. Heaps are small (`"
                + String.join(" ", SMALL) + "`); all nodes share the machine's "
                + Runtime.getRuntime().availableProcessors() + " cores.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 120 : 400;
    }

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var sizes = ground.effort().quick() ? List.of(2, 4) : List.of(2, 4, 8, 12);
        var chapter = new Chapter(this);
        var table = chapter.table("nodes", "CPU us/request", "requests/s", "join s", "memory MiB");
        var nodes = new BenchNodes(ground);
        var port = ground.port();
        var balancer = nodes.node("balancer", port, SMALL, "balancer");
        var costs = new ArrayList<Spread>();
        var joins = new ArrayList<Spread>();
        try (var cluster = new RunningContender(new Contender("colonnade", "", port, List.of(balancer)), List.of())) {
            for (var size : sizes) {
                ground.say("grows to " + size + " nodes");
                var join = Spread.of(grow(ground, cluster, nodes, size));
                cluster.awaitAnswer(HELLO);
                var rounds = measure(ground, cluster, size);
                var cost = Spread.of(rounds.saturation(Saturation::cpu));
                costs.add(cost);
                joins.add(join);
                table.row(
                        Integer.toString(size),
                        cost.text(1),
                        Spread.of(rounds.saturation(Saturation::perSecond)).text(0),
                        join.text(1),
                        Spread.number(
                                Spread.of(rounds.saturation(Saturation::residentBytes))
                                                .median()
                                        / 1_048_576,
                                0));
                chapter.bar("43 B, 64 connections", size + " nodes", cost);
            }
        }
        judge(chapter, sizes, costs, joins);
        return chapter;
    }

    private static void judge(Chapter chapter, List<Integer> sizes, List<Spread> costs, List<Spread> joins) {
        var last = sizes.size() - 1;
        var between = sizes.get(last) + " nodes : " + sizes.get(0);
        var first = costs.get(0);
        var most = costs.get(last);
        var ratio =
                new Spread(most.median() / first.median(), most.least() / first.most(), most.most() / first.least());
        chapter.verdict("CPU per request, " + between, ratio, "at most 1.10", ratio.median() <= 1.1);
        chapter.note("Joining, " + between + ": "
                + Spread.number(joins.get(last).median() / joins.get(0).median(), 2) + " times as long.");
    }

    /** Starts one node after the other; each one's seconds until it is ready. */
    private static List<Double> grow(BenchGround ground, RunningContender cluster, BenchNodes nodes, int size)
            throws IOException, BenchException {
        var joins = new ArrayList<Double>();
        while (cluster.programs().size() < size) {
            var number = cluster.programs().size();
            var program = nodes.node("node-" + number, ground.port(), SMALL, "web,app");
            var start = System.nanoTime();
            cluster.add(program).awaitLine("ready in ");
            joins.add((System.nanoTime() - start) / 1e9);
        }
        return joins;
    }

    private static void warm(BenchGround ground, RunningContender cluster, int seconds)
            throws IOException, BenchException {
        new Warming(seconds, MOST_WARM_SECONDS).warm(cluster, HELLO, CONNECTIONS, ground.folder());
    }

    private static Rounds measure(BenchGround ground, RunningContender cluster, int size)
            throws IOException, BenchException {
        var effort = ground.effort();
        ground.say("warms " + size + " nodes");
        warm(ground, cluster, WARM_SECONDS_PER_NODE * (size + 1));
        Pause.millis(COMPILING_MILLIS);
        warm(ground, cluster, 0);
        ground.say("measures " + size + " nodes");
        var rounds = new Rounds();
        for (var round = 0; round < effort.rounds(); round++) {
            rounds.add(Saturation.measure(cluster, HELLO, CONNECTIONS, effort.seconds(), ground.folder()));
        }
        return rounds;
    }
}
