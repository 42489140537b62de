package io.colonnade.transport.wire;

import io.colonnade.core.Protocol;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.LaneAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches between lanes of one process, and loses or refuses those that a test names. They arrive in memory as those of a
 * direct line do: large ones are counted.
 */
public final class MemoryWire implements Wire {
    private record End(ContextInternal context, Consumer<Buffer> receiver) {}

    private final Map<LaneAddress, End> ends = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Predicate<ByteBuf>> toLose = new AtomicReference<>();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private final Set<Integer> protocols = ConcurrentHashMap.newKeySet();
    private final AtomicLong delayMillis = new AtomicLong();
    private final AtomicReference<@Nullable Predicate<ByteBuf>> toRefuse = new AtomicReference<>();
    private volatile boolean refusing;
    private final Queue<ByteBuf> counted = new ConcurrentLinkedQueue<>();

    /** Has the receiver get the batches for a lane, on the context's event loop. */
    public void connect(LaneAddress lane, ContextInternal context, Consumer<Buffer> receiver) {
        ends.put(lane, new End(context, receiver));
    }

    /** Loses the next batch in which this text stands, without telling; others that leave meanwhile arrive. */
    public void loseBatchWith(String text) {
        toLose.set(batch -> batch.toString(StandardCharsets.ISO_8859_1).contains(text));
    }

    /** Refuses to send the next batch of a lane, as when nobody listens at the other end. */
    public void refuseNextOf(LaneAddress sender) {
        toRefuse.set(batch ->
                BatchHeader.read(batch.duplicate(), Protocol.CURRENT).source().equals(sender));
    }

    /** Refuses to send any batch, or no longer. */
    public void refuseAll(boolean refuse) {
        refusing = refuse;
    }

    /** Delays the batches from now on by so much. */
    public void delay(long millis) {
        delayMillis.set(millis);
    }

    public long batches() {
        return batches.get();
    }

    public long largestBatch() {
        return largest.get();
    }

    /** The protocols that batches were written in. */
    public Set<Integer> protocols() {
        return protocols;
    }

    /** Large batches that have been received, and are not done with. */
    public long lent() {
        return counted.stream().filter(batch -> batch.refCnt() > 0).count();
    }

    @Override
    public Line open(LaneAddress to) {
        return new Line() {
            @Override
            public ByteBuf buffer() {
                return Unpooled.buffer();
            }

            @Override
            public Future<Void> send(ByteBuf batch) {
                return refusing || isWanted(toRefuse, batch)
                        ? Future.failedFuture(new ConnectException("refused"))
                        : carry(to, BufferInternal.buffer(batch));
            }

            @Override
            public void flush() {
                // Each is sent at once.
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
        if (!isWanted(toLose, ((BufferInternal) batch).getByteBuf())) {
            var end = ends.get(to);
            var copy = DirectLine.inMemory(UnpooledByteBufAllocator.DEFAULT
                    .directBuffer(batch.length())
                    .writeBytes(((BufferInternal) batch).getByteBuf()));
            deliver(end, () -> receive(end, copy));
        }
        return Future.succeededFuture();
    }

    private void receive(End end, ByteBuf batch) {
        if (batch.isDirect()) {
            counted.add(batch);
        }
        end.receiver.accept(BufferInternal.buffer(batch));
        DirectLine.release(batch);
    }

    private void deliver(End end, Runnable batch) {
        var delay = delayMillis.get();
        if (delay == 0) {
            end.context.runOnContext(v -> batch.run());
        } else {
            var unused = end.context.nettyEventLoop().schedule(batch, delay, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether it is the batch that was asked for; only the first that is. */
    private static boolean isWanted(AtomicReference<@Nullable Predicate<ByteBuf>> next, ByteBuf batch) {
        var wanted = next.get();
        return wanted != null && wanted.test(batch) && next.compareAndSet(wanted, null);
    }
}
