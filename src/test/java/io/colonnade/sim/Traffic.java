package io.colonnade.sim;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Snapshot;
import io.colonnade.config.SiteConfig;
import io.colonnade.config.SiteConfig.Policy;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.NodeId;
import io.colonnade.routing.SimulatedRouting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * Requests to balancers that run, carried to the members that these select. The transport is a model with its promises: an
 * exchange fails when the process that has it dies, and when the membership says that the member is gone or silent.
 */
final class Traffic {
    private static final Exchange.TimeLimits LIMITS =
            new Exchange.TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60));

    /** One exchange on its way to a member. */
    private static final class Carried {
        private final SimulatedRequest request;
        private final SimulatedNode to;
        private final long epoch;
        private final Promise<Void> done = Promise.promise();

        Carried(SimulatedRequest request, SimulatedNode to, long epoch) {
            this.request = request;
            this.to = to;
            this.epoch = epoch;
        }

        void lost(Progress progress) {
            var furthest = request.headWritten() ? Progress.RESPONSE : progress;
            done.tryFail(new Failure(Kind.MEMBER_LOST, furthest, "lost"));
        }
    }

    private final Timeline time;
    private final SimulatedNetwork network;
    private final SiteConfig site;
    private final Random random;
    private final IntToDoubleFunction meanServiceMillis;
    private final Map<NodeId, SimulatedRouting> balancers = new HashMap<>();
    private final Map<NodeId, SimulatedNode> nodes = new HashMap<>();
    private final Map<NodeId, Set<Carried>> carried = new HashMap<>();
    private final int[] served = new int[SimulatedCluster.SIZE];
    private Tally tally = new Tally();

    /**
     * @param meanServiceMillis how long the node of each number takes for an answer
     */
    Traffic(Timeline time, SimulatedNetwork network, long seed, Policy policy, IntToDoubleFunction meanServiceMillis) {
        this.time = time;
        this.network = network;
        this.site = new SiteConfig(
                "foobar",
                "",
                "",
                0,
                List.of(),
                false,
                "",
                policy,
                Policy.LOCAL_FIRST,
                "",
                Map.of(),
                List.of(),
                Map.of());
        this.random = new Random(seed);
        this.meanServiceMillis = meanServiceMillis;
    }

    /** The requests that are sent from now on are counted here. */
    void countIn(Tally newTally) {
        tally = newTally;
    }

    /** Requests answered by each node. */
    int[] served() {
        return served.clone();
    }

    void started(SimulatedNode node) {
        nodes.put(node.id(), node);
        carried.put(node.id(), new LinkedHashSet<>());
        balancers.put(
                node.id(),
                new SimulatedRouting(
                        node.membership(),
                        site,
                        time,
                        random,
                        exchange -> carry(node, exchange, node, 0),
                        (exchange, to, tier) -> forward(node, exchange, to)));
    }

    SimulatedRouting balancer(SimulatedNode node) {
        return balancers.get(node.id());
    }

    /** Sends one request to a balancer chosen at random of those that are open. */
    void request(List<SimulatedNode> alive) {
        var open = alive.stream().filter(SimulatedNode::open).toList();
        if (!open.isEmpty()) {
            send(open.get(random.nextInt(open.size())), SimulatedRequest.of(random));
        }
    }

    private void send(SimulatedNode balancer, SimulatedRequest request) {
        var counted = tally;
        var began = time.nanos();
        var standstills = balancer.standstills();
        counted.requests++;
        var exchange = Exchange.open(request.downstream(), "", SimulatedNode.SITE, LIMITS, time);
        balancer(balancer).tier().handle(exchange).onComplete(done -> {
            if (balancer.alive() && balancer.standstills() == standstills) {
                counted.count(request, done.cause(), time.nanos() - began);
            }
        });
    }

    private Future<Void> forward(SimulatedNode from, Exchange exchange, Member to) {
        return carry(from, exchange, nodes.get(to.id()), to.epoch());
    }

    private Future<Void> carry(SimulatedNode from, Exchange exchange, SimulatedNode to, long epoch) {
        tally.picks++;
        var request = SimulatedRequest.of(exchange);
        var sent = new Carried(request, to, epoch);
        var all = carried.get(from.id());
        all.add(sent);
        if (from == to) {
            serve(from, sent);
        } else if (to.alive()) {
            network.send(from, to, () -> serve(from, sent));
        } else if (network.connects(from, to)) {
            time.after(network.delay(), () -> from.run(() -> sent.lost(Progress.NOTHING)));
        }
        var counted = tally;
        return sent.done.future().onComplete(done -> {
            all.remove(sent);
            counted.failedPicks += done.succeeded() ? 0 : 1;
        });
    }

    private void serve(SimulatedNode from, Carried sent) {
        served[sent.to.number()]++;
        var service = SimulatedNetwork.exponential(random, meanServiceMillis.applyAsDouble(sent.to.number()) * 1e6);
        var whole = sent.request.streamNanos() + (long) service;
        if (sent.request.streamNanos() > 0) {
            time.after((long) service, () -> answer(from, sent, sent.request::writeHead));
        }
        time.after(whole, () -> answer(from, sent, () -> sent.done.tryComplete()));
    }

    /** By the node that serves it, and then by the one that asked for it. */
    private void answer(SimulatedNode from, Carried sent, Runnable what) {
        Runnable unlessLost = () -> {
            if (!sent.done.future().isComplete()) {
                what.run();
            }
        };
        sent.to.run(from == sent.to ? unlessLost : () -> network.send(sent.to, from, unlessLost));
    }

    /** Whether the node still has exchanges of others, or others still have those of its balancer. */
    boolean idle(SimulatedNode node) {
        return carried.get(node.id()).isEmpty()
                && carried.values().stream().flatMap(Set::stream).noneMatch(sent -> sent.to == node);
    }

    /** The process has ended, and the system has closed its connections. */
    void died(SimulatedNode node) {
        carried.get(node.id()).clear();
        carried.forEach((from, all) -> all.stream()
                .filter(sent -> sent.to == node && network.connects(nodes.get(from), node))
                .forEach(sent ->
                        time.after(network.delay(), () -> nodes.get(from).run(() -> sent.lost(Progress.REQUEST)))));
    }

    /** Fails the exchanges of members that are gone or silent, as the transport does. */
    void membersChanged(SimulatedNode node, Snapshot now) {
        for (var sent : new ArrayList<>(carried.getOrDefault(node.id(), Set.of()))) {
            if (sent.to != node && !reachable(sent, now)) {
                sent.lost(Progress.REQUEST);
            }
        }
    }

    private static boolean reachable(Carried sent, Snapshot now) {
        return now.member(sent.to.id())
                .filter(member -> member.heard() && member.epoch() == sent.epoch)
                .isPresent();
    }
}
