package io.colonnade.sim;

import io.colonnade.cluster.ClusterConfig;
import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.SimulatedMembership;
import io.colonnade.cluster.SimulatedMembership.Listed;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.cluster.Snapshot;
import io.colonnade.cluster.State;
import io.colonnade.core.NodeId;
import io.colonnade.core.SiteId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One life of a simulated node. While it stands still (a collection, SIGSTOP) what arrives waits; then comes first the tick that
 * it has missed, and after that what has waited.
 */
final class SimulatedNode {
    static final SiteId SITE = new SiteId("foobar", "c0ffee");
    private static final HostedSite HOSTED =
            new HostedSite(SITE, List.of("www.foobar.com"), false, SiteHealth.ready(Instant.EPOCH));
    /** From the first beat until it is ready; a real one takes longer. */
    private static final long STARTING = 300_000_000;

    private static final long BEAT_INTERVAL =
            ClusterConfig.DEFAULTS.beatInterval().toNanos();

    private final int number;
    private final NodeId id;
    private final Timeline time;
    private final SimulatedMembership membership;
    private final Map<NodeId, Listed> listed = new LinkedHashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private Runnable beat = () -> {};
    private boolean alive = true;
    private boolean still;
    private boolean tickMissed;
    private int standstills;
    private boolean open;

    SimulatedNode(int number, NodeId id, int weight, Timeline time, BiConsumer<SimulatedNode, Snapshot> onChange) {
        this.number = number;
        this.id = id;
        this.time = time;
        this.membership = new SimulatedMembership(id, weight, HOSTED, time, now -> onChange.accept(this, now));
    }

    /**
     * Begins to tick.
     *
     * @param sendBeat called once in each beat interval
     */
    void start(long firstTick, Runnable sendBeat) {
        beat = sendBeat;
        time.after(firstTick, this::tick);
        time.after(firstTick + STARTING, () -> run(this::ready));
    }

    int number() {
        return number;
    }

    NodeId id() {
        return id;
    }

    SimulatedMembership membership() {
        return membership;
    }

    /** Whether clients are sent here: from when it has begun to beat until it drains, unless it stands still. */
    boolean open() {
        return open && runs();
    }

    boolean alive() {
        return alive;
    }

    /** Whether it neither is dead nor stands still. */
    boolean runs() {
        return alive && !still;
    }

    /** Does something on this node: now, when it runs again, or never. */
    void run(Runnable what) {
        if (still) {
            waiting.add(what);
        } else if (alive) {
            what.run();
        }
    }

    private void ready() {
        open = true;
        membership.announce(State.READY);
        beat.run();
    }

    void drain() {
        open = false;
        membership.announce(State.DRAINING);
        beat.run();
    }

    /** Hazelcast lists these too, or with another epoch. */
    void list(Collection<Listed> more) {
        more.forEach(each -> listed.put(each.id(), each));
        changeList();
    }

    /** Hazelcast lists this one no more. */
    void unlist(Collection<NodeId> gone) {
        gone.forEach(listed::remove);
        changeList();
    }

    boolean lists(SimulatedNode other) {
        return listed.containsKey(other.id);
    }

    private void changeList() {
        var members = List.copyOf(listed.values());
        run(() -> membership.list(members));
    }

    /** How often it has stood still. */
    int standstills() {
        return standstills;
    }

    void standStill() {
        standstills++;
        still = true;
    }

    void goOn() {
        still = false;
        if (tickMissed) {
            tickMissed = false;
            tick();
        }
        var late = new ArrayList<>(waiting);
        waiting.clear();
        late.forEach(this::run);
    }

    void die() {
        alive = false;
        still = false;
        waiting.clear();
    }

    /** A fixed delay after the one before. */
    private void tick() {
        if (still) {
            tickMissed = true;
        } else if (alive) {
            beatOnce();
            time.after(BEAT_INTERVAL, this::tick);
        }
    }

    private void beatOnce() {
        membership.tick();
        beat.run();
    }
}
