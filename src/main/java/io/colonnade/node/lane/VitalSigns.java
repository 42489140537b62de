package io.colonnade.node.lane;

import io.colonnade.cluster.Cluster;
import io.colonnade.core.FatalErrors;
import io.netty.channel.EventLoop;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds out whether the node still serves. If no lane has taken its turn for a second, or clients' connections have all file
 * descriptors that they may have, the other members are told, and they select other members. If an event loop has ended, or the JVM
 * does little but collect garbage and finds none, the process ends.
 */
public final class VitalSigns implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 250;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After so long between two checks the whole process stood still, and its lanes have not had their chance yet. */
    private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * INTERVAL_MILLIS);

    private final Cluster cluster;
    private final List<EventLoop> loops;
    private final DescriptorWatch descriptors;
    private final AtomicLong answered = new AtomicLong(System.nanoTime());
    private final GarbageCollection garbage = GarbageCollection.ofThisJvm();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var watching = new Thread(work, "colonnade-vital-signs");
        watching.setDaemon(true);
        return watching;
    });
    private boolean answers = true;
    private long checked = System.nanoTime();

    public VitalSigns(Cluster cluster, EventLoops loops, DescriptorWatch descriptors) {
        this.cluster = cluster;
        this.descriptors = descriptors;
        this.loops = loops.ofLanes();
    }

    /** Watches until it is closed, on a thread of its own. */
    public void start() {
        var unused =
                thread.scheduleWithFixedDelay(this::check, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** An error would end the schedule without a word, so it is reported. */
    private void check() {
        try {
            descriptors.check();
            checkLoops();
            checkMemory();
        } catch (RuntimeException | Error error) {
            FatalErrors.report(error);
        }
    }

    private void checkLoops() {
        var now = System.nanoTime();
        if (now - checked > STANDSTILL_NANOS) {
            answered.set(now);
        }
        checked = now;
        var lanesAnswer = now - answered.get() < ANSWER_NANOS + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
        var answersNow = lanesAnswer && !descriptors.isFull();
        if (answersNow != answers) {
            answers = answersNow;
            cluster.announceAnswering(answersNow);
        }
        for (var loop : loops) {
            if (loop.isShuttingDown()) {
                FatalErrors.end("the event loop of a lane has ended; the log says why");
            }
            loop.execute(() -> answered.set(System.nanoTime()));
        }
    }

    private void checkMemory() {
        if (garbage.isAllThatHappens(System.nanoTime())) {
            FatalErrors.end(
                    "the JVM does nothing but collect garbage, and finds none. Give the node more memory: java -Xmx...");
        }
    }

    /** Whether the JVM is so short of memory that it no longer gets to work. Used on one thread. */
    static final class GarbageCollection {
        private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
        private static final double COLLECTING = 0.9;
        private static final double FULL = 0.95;

        private final List<GarbageCollectorMXBean> collectors;
        private long windowBegan = System.nanoTime();
        private long collectedBefore;

        private GarbageCollection(List<GarbageCollectorMXBean> collectors) {
            this.collectors = collectors;
            this.collectedBefore = collectedMillis();
        }

        /** The collectors that stop the JVM; what others do beside the program's work does not count. */
        static GarbageCollection ofThisJvm() {
            return new GarbageCollection(ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(collector -> !collector.getName().contains("Concurrent"))
                    .filter(collector -> !collector.getName().contains("Cycles"))
                    .toList());
        }

        boolean isAllThatHappens(long now) {
            var nanos = now - windowBegan;
            if (nanos < WINDOW_NANOS) {
                return false;
            }
            var collected = collectedMillis();
            var share = TimeUnit.MILLISECONDS.toNanos(collected - collectedBefore) / (double) nanos;
            windowBegan = now;
            collectedBefore = collected;
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            return share > COLLECTING && heap.getUsed() > FULL * heap.getMax();
        }

        private long collectedMillis() {
            return collectors.stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
        }
    }
}
