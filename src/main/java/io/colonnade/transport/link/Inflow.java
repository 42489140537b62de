package io.colonnade.transport.link;

import io.colonnade.transport.frame.StreamId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of one direction of a stream. It gives arriving bytes to its consumer on demand, and returns credit to the sender as
 * the consumer takes them. Demand has the meaning that it has in {@link io.vertx.core.streams.ReadStream}.
 */
public final class Inflow {
    /** Takes the bytes that arrive, and their end. */
    public interface Consumer {
        void consume(Buffer chunk);

        void consumeEnd(@Nullable MultiMap trailers);
    }

    private final Link link;
    private final StreamId stream;
    private final Consumer consumer;
    private final long creditStep;
    private final ArrayDeque<Buffer> waiting = new ArrayDeque<>(2);
    private long demand = Long.MAX_VALUE;
    private long owed;
    private boolean delivering;
    private boolean endArrived;
    private boolean endDelivered;
    private boolean closed;
    private @Nullable MultiMap trailers;

    public Inflow(Link link, StreamId stream, long window, Consumer consumer) {
        this.link = link;
        this.stream = stream;
        this.consumer = consumer;
        this.creditStep = window / 4;
    }

    public void arrived(Buffer chunk) {
        if (closed) {
            return;
        }
        waiting.add(chunk);
        link.lane().buffered().add(chunk.length());
        deliver();
    }

    /** Whether the consumer may take so many bytes directly, because none wait and all are wanted. If so, they count as consumed. */
    public boolean passes(int length) {
        if (closed || delivering || demand != Long.MAX_VALUE || !waiting.isEmpty()) {
            return false;
        }
        owe(length);
        return true;
    }

    public void arrivedAll(MultiMap withTrailers) {
        endArrived = true;
        trailers = withTrailers.isEmpty() ? null : withTrailers;
        deliver();
    }

    public void pause() {
        demand = 0;
    }

    /**
     * Delivers later on the event loop and never at once, as Vert.x's own requests do: code that resumes a request may set its handlers
     * after that.
     */
    public void fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        if (!waiting.isEmpty() || endArrived) {
            link.lane().context().nettyEventLoop().execute(this::deliver);
        }
    }

    /** Whether the consumer wants nothing for now. */
    public boolean paused() {
        return demand == 0;
    }

    /** Whether the consumer was given the end. */
    public boolean finished() {
        return endDelivered;
    }

    /** Drops what waits, and what may still arrive. */
    public void discard() {
        closed = true;
        for (var chunk = waiting.poll(); chunk != null; chunk = waiting.poll()) {
            link.lane().buffered().add(-chunk.length());
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (demand > 0 && !waiting.isEmpty()) {
                deliverChunk(waiting.remove());
            }
        } finally {
            delivering = false;
        }
        if (endArrived && !endDelivered && !closed && demand > 0 && waiting.isEmpty()) {
            endDelivered = true;
            consumer.consumeEnd(trailers);
        }
    }

    private void deliverChunk(Buffer chunk) {
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        link.lane().buffered().add(-chunk.length());
        owe(chunk.length());
        consumer.consume(chunk);
    }

    private void owe(int bytes) {
        owed += bytes;
        if (owed >= creditStep && !endArrived) {
            link.sendCredit(stream, owed);
            owed = 0;
        }
    }
}
