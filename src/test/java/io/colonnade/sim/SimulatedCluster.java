package io.colonnade.sim;

import io.colonnade.cluster.SimulatedMembership.Listed;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Twenty nodes, and what Hazelcast tells them of one another. Hazelcast is a model with the times that were measured of it: a
 * death is known after a quarter to half a second, who answers nothing is removed after three to four seconds, when the others
 * have told it of their suspicion, and who was removed and lives is with the others again one to three seconds after it can be,
 * with a fresh epoch.
 */
final class SimulatedCluster {
    static final int SIZE = 20;

    private static final Duration JOINING = Duration.ofMillis(100);
    private static final Duration DEATH_KNOWN = Duration.ofMillis(250);
    private static final Duration DEATH_KNOWN_SPREAD = Duration.ofMillis(250);
    private static final Duration REMOVAL = Duration.ofSeconds(3);
    private static final Duration REMOVAL_SPREAD = Duration.ofSeconds(1);
    private static final Duration REUNION = Duration.ofSeconds(1);
    private static final Duration REUNION_SPREAD = Duration.ofSeconds(2);

    private final Timeline time;
    private final SimulatedNetwork network;
    private final Random random;
    private final IntUnaryOperator weights;
    private final BiConsumer<SimulatedNode, Snapshot> onChange;
    private final BiConsumer<SimulatedNode, List<SimulatedNode>> onBeat;
    private final SimulatedNode[] nodes = new SimulatedNode[SIZE];
    private final Listed[] listed = new Listed[SIZE];
    private List<SimulatedNode> alive = List.of();
    private long lives;

    /**
     * @param weights the weight of the node of each number
     * @param onChange told what each node hears of the others but for their load
     * @param onBeat sends a node's beat to those of the living that it lists
     */
    SimulatedCluster(
            Timeline time,
            SimulatedNetwork network,
            long seed,
            IntUnaryOperator weights,
            BiConsumer<SimulatedNode, Snapshot> onChange,
            BiConsumer<SimulatedNode, List<SimulatedNode>> onBeat) {
        this.time = time;
        this.network = network;
        this.random = new Random(seed);
        this.weights = weights;
        this.onChange = onChange;
        this.onBeat = onBeat;
    }

    SimulatedNode node(int number) {
        return nodes[number];
    }

    List<SimulatedNode> alive() {
        return alive;
    }

    private List<SimulatedNode> alive(Predicate<SimulatedNode> which) {
        return alive.stream().filter(which).toList();
    }

    private void countTheLiving() {
        alive = Arrays.stream(nodes)
                .filter(node -> node != null && node.alive())
                .toList();
    }

    /** Starts a node; the one that had the number before must be dead. */
    SimulatedNode start(int number) {
        var id = new NodeId(new UUID(random.nextLong(), random.nextLong()));
        var node = new SimulatedNode(number, id, weights.applyAsInt(number), time, onChange);
        nodes[number] = node;
        countTheLiving();
        renew(node);
        node.list(List.of(listed[number]));
        node.start(random.nextInt(500_000_000), () -> onBeat.accept(node, alive));
        time.after(JOINING, () -> introduce(List.of(node), alive));
        return node;
    }

    /** The process ends, and the system closes its connections. */
    void kill(SimulatedNode node) {
        node.die();
        countTheLiving();
        for (var other : alive(other -> network.connects(node, other))) {
            time.after(DEATH_KNOWN.plus(some(DEATH_KNOWN_SPREAD)), () -> other.unlist(List.of(node.id())));
        }
    }

    /** It leaves as it should: the others know at once. */
    void leave(SimulatedNode node) {
        node.die();
        countTheLiving();
        alive().forEach(other -> time.after(network.delay(), () -> other.unlist(List.of(node.id()))));
    }

    /** These answer nothing any more that the others ask. To be called when it begins. */
    void unreachable(Collection<SimulatedNode> group, Predicate<SimulatedNode> still) {
        time.after(REMOVAL.plus(some(REMOVAL_SPREAD)), () -> {
            var lost = group.stream().filter(SimulatedNode::alive).filter(still).toList();
            var others = alive(node -> !group.contains(node));
            others.forEach(node -> node.unlist(ids(lost)));
            lost.forEach(node -> node.unlist(ids(others)));
        });
    }

    /** These can be reached again; if they have been removed they join with fresh epochs. */
    void reachable(Collection<SimulatedNode> group) {
        time.after(REUNION.plus(some(REUNION_SPREAD)), () -> {
            var others = alive(node -> !group.contains(node));
            var removed = group.stream()
                    .filter(SimulatedNode::alive)
                    .filter(node -> others.stream().anyMatch(other -> !other.lists(node)))
                    .toList();
            removed.forEach(this::renew);
            removed.forEach(node -> introduce(removed, List.of(node)));
            introduce(removed, others);
        });
    }

    /** Whether every node that lives hears every other. */
    boolean whole() {
        var all = alive();
        return all.stream().allMatch(node -> hears(node, all));
    }

    private static boolean hears(SimulatedNode node, List<SimulatedNode> all) {
        var members = node.membership().snapshot().members();
        return members.size() == all.size()
                && members.stream().allMatch(member -> member.heard())
                && all.stream().allMatch(node::lists);
    }

    private void renew(SimulatedNode node) {
        listed[node.number()] = new Listed(node.id(), ++lives, "node-" + node.number());
    }

    private void introduce(List<SimulatedNode> newcomers, List<SimulatedNode> others) {
        var all = new ArrayList<Listed>();
        newcomers.forEach(node -> all.add(listed[node.number()]));
        others.forEach(node -> node.list(all));
        var known = others.stream().map(node -> listed[node.number()]).toList();
        newcomers.forEach(node -> node.list(known));
    }

    private Duration some(Duration most) {
        return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
    }

    private static Set<NodeId> ids(List<SimulatedNode> nodes) {
        return Set.copyOf(nodes.stream().map(SimulatedNode::id).toList());
    }
}
