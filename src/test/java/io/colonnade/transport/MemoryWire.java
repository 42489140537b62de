package io.colonnade.transport;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.ConnectException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Carries batches between lanes of one process, and loses or refuses them on demand. */
final class MemoryWire implements Wire {
    private final Map<LaneAddress, LaneTransport> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private final Set<Integer> protocols = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toRefuse = new AtomicInteger();

    void connect(LaneTransport lane) {
        lanes.put(lane.address(), lane);
    }

    /** Loses the next batches, whichever lane sends them, without telling. */
    void lose(int count) {
        toLose.set(count);
    }

    /** Refuses to send the next batches, whichever lane sends them, as when nobody listens at the other end. */
    void refuse(int count) {
        toRefuse.set(count);
    }

    long batches() {
        return batches.get();
    }

    long largestBatch() {
        return largest.get();
    }

    /** The protocols that batches were written in. */
    Set<Integer> protocols() {
        return protocols;
    }

    @Override
    public Line open(LaneAddress to) {
        return new Line() {
            @Override
            public Future<Void> send(Buffer batch) {
                return isOneOf(toRefuse) ? Future.failedFuture(new ConnectException("refused")) : carry(to, batch);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private Future<Void> carry(LaneAddress to, Buffer batch) {
        batches.incrementAndGet();
        protocols.add((int) batch.getUnsignedByte(0));
        largest.accumulateAndGet(batch.length(), Math::max);
        if (!isOneOf(toLose)) {
            var lane = lanes.get(to);
            var copy = batch.copy();
            lane.context().runOnContext(v -> lane.receive(copy));
        }
        return Future.succeededFuture();
    }

    private static boolean isOneOf(AtomicInteger next) {
        return next.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
