package io.colonnade.sim;

import io.colonnade.config.SiteConfig.Policy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster under traffic in virtual time, and what can be done to it. The same seed gives the same result on any machine. */
final class Simulation {
    private static final Duration STEP = Duration.ofMillis(50);

    private final Timeline time = new Timeline();
    private final SimulatedNetwork network;
    private final SimulatedCluster cluster;
    private final Traffic traffic;
    private final Watch watch;
    private final Random random;
    private double requestsPerSecond;

    Simulation(long seed, Policy policy, IntUnaryOperator weights, IntToDoubleFunction meanServiceMillis) {
        random = new Random(seed);
        network = new SimulatedNetwork(time, random.nextLong());
        traffic = new Traffic(time, network, random.nextLong(), policy, meanServiceMillis);
        watch = new Watch(time);
        cluster = new SimulatedCluster(
                time,
                network,
                random.nextLong(),
                weights,
                (node, now) -> {
                    traffic.membersChanged(node, now);
                    watch.changed(node, now);
                },
                this::beat);
        IntStream.range(0, SimulatedCluster.SIZE).forEach(this::start);
        pass(Duration.ofSeconds(3));
    }

    private void beat(SimulatedNode from, List<SimulatedNode> alive) {
        var sign = from.membership().beat(traffic.balancer(from).load());
        var others = alive.stream().filter(to -> to != from && from.lists(to)).toList();
        network.beat(from, others, to -> to.membership().hear(sign));
    }

    private void start(int number) {
        traffic.started(cluster.start(number));
    }

    /** Begins to send so many requests a second to the cluster, at random instants. */
    void load(double perSecond) {
        var began = requestsPerSecond > 0;
        requestsPerSecond = perSecond;
        if (!began) {
            nextRequest();
        }
    }

    private void nextRequest() {
        time.after((long) SimulatedNetwork.exponential(random, 1e9 / requestsPerSecond), () -> {
            traffic.request(cluster.alive());
            nextRequest();
        });
    }

    void pass(Duration span) {
        time.pass(span);
    }

    SimulatedNode node(int number) {
        return cluster.node(number);
    }

    /** Requests answered by each node so far. */
    int[] served() {
        return traffic.served();
    }

    void countIn(Tally tally) {
        traffic.countIn(tally);
    }

    /** A fault begins that its findings measure, and ends after so long; returns when all hear all, half a minute later at most. */
    void incident(Findings findings, Duration lasts, Runnable begin, Runnable end) {
        traffic.countIn(findings.tally());
        watch.begin(findings);
        begin.run();
        pass(lasts);
        var unnoticed = watch.unnoticed();
        var ended = time.nanos();
        end.run();
        do {
            pass(STEP);
        } while (!cluster.whole()
                && time.nanos() - ended < Duration.ofSeconds(30).toNanos());
        findings.ended(time.nanos() - ended, unnoticed);
    }

    /** So many nodes at random. */
    List<SimulatedNode> some(int count) {
        var numbers = random.ints(0, SimulatedCluster.SIZE).distinct().limit(count);
        return numbers.mapToObj(cluster::node).toList();
    }

    void kill(Collection<SimulatedNode> nodes) {
        watch.expect(others(nodes), nodes);
        nodes.forEach(cluster::kill);
        nodes.forEach(traffic::died);
    }

    void restart(Collection<SimulatedNode> nodes) {
        nodes.forEach(node -> start(node.number()));
    }

    /** Stops the process, and expects the others to notice it. */
    void freeze(SimulatedNode node) {
        watch.expect(others(List.of(node)), List.of(node));
        node.standStill();
        cluster.unreachable(List.of(node), each -> !each.runs());
    }

    void thaw(SimulatedNode node) {
        node.goOn();
        cluster.reachable(List.of(node));
    }

    /** Stops the process for a moment, and expects nobody to mind. */
    void collectGarbage(SimulatedNode node) {
        node.standStill();
        cluster.unreachable(List.of(node), each -> !each.runs());
    }

    /** These reach one another only, and the others too. */
    void cutOff(Collection<SimulatedNode> nodes) {
        watch.expect(others(nodes), nodes);
        watch.expect(nodes, others(nodes));
        var numbers = nodes.stream().map(SimulatedNode::number).collect(Collectors.toSet());
        network.cutOff(numbers);
        cluster.unreachable(nodes, node -> others(nodes).stream().noneMatch(other -> network.connects(node, other)));
    }

    void heal(Collection<SimulatedNode> nodes) {
        network.heal();
        cluster.reachable(nodes);
    }

    void loseBeats(double share) {
        network.loseBeats(share);
    }

    /** Drains the node, and stops it as soon as it has nothing left to do, or after the time limit. */
    void drain(SimulatedNode node, Duration limit) {
        node.drain();
        stopWhenIdle(node, time.nanos() + limit.toNanos());
    }

    private void stopWhenIdle(SimulatedNode node, long deadline) {
        time.after(STEP, () -> {
            if (traffic.idle(node) || time.nanos() >= deadline) {
                cluster.leave(node);
                traffic.died(node);
            } else {
                stopWhenIdle(node, deadline);
            }
        });
    }

    private List<SimulatedNode> others(Collection<SimulatedNode> nodes) {
        return cluster.alive().stream().filter(node -> !nodes.contains(node)).toList();
    }
}
