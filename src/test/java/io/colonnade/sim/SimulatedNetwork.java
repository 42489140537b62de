package io.colonnade.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Delays, losses and cuts between nodes. */
final class SimulatedNetwork {
    private static final long LEAST_DELAY = 100_000;
    private static final double MEAN_FURTHER_DELAY = 200_000;
    private static final double RETRANSMISSION = 1e9;

    private final Timeline time;
    private final Random random;
    private final List<Runnable> held = new ArrayList<>();
    private Set<Integer> apart = Set.of();
    private double lostBeats;

    SimulatedNetwork(Timeline time, long seed) {
        this.time = time;
        this.random = new Random(seed);
    }

    /** Until {@link #heal}, these reach only one another, and the others too. */
    void cutOff(Set<Integer> numbers) {
        apart = new HashSet<>(numbers);
    }

    /** What was sent across the cut arrives within a second: TCP has kept it, and tries again. */
    void heal() {
        apart = Set.of();
        held.forEach(arrival -> time.after((long) (random.nextDouble() * RETRANSMISSION), arrival));
        held.clear();
    }

    /** From now on this share of the beats is lost. */
    void loseBeats(double share) {
        lostBeats = share;
    }

    boolean connects(SimulatedNode one, SimulatedNode other) {
        return apart.contains(one.number()) == apart.contains(other.number());
    }

    /** Sends a beat, which any of them may lose; the others get it at the same instant. */
    void beat(SimulatedNode from, List<SimulatedNode> to, Consumer<SimulatedNode> arrival) {
        var reached = new ArrayList<SimulatedNode>(to.size());
        for (var each : to) {
            if (lostBeats > 0 && random.nextDouble() < lostBeats) {
                continue;
            }
            if (connects(from, each)) {
                reached.add(each);
            } else {
                held.add(() -> each.run(() -> arrival.accept(each)));
            }
        }
        time.after(delay(), () -> reached.forEach(each -> each.run(() -> arrival.accept(each))));
    }

    /** Has something arrive, unless the receiver dies before. */
    void send(SimulatedNode from, SimulatedNode to, Runnable arrival) {
        if (connects(from, to)) {
            time.after(delay(), () -> to.run(arrival));
        } else {
            held.add(() -> to.run(arrival));
        }
    }

    /** 0.1 ms and a tail: a millisecond is exceeded once in ninety times, two once in thirteen thousand. */
    long delay() {
        return LEAST_DELAY + (long) exponential(random, MEAN_FURTHER_DELAY);
    }

    /** Not {@code Math.log}, whose last bit may differ between machines. */
    static double exponential(Random random, double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }
}
