package io.colonnade.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a link. Control frames are written into the next batch at once; when the event loop's tick ends the
 * streams' data follows, a frame of each in turn, as far as the member's window allows.
 */
final class LinkOutput {
    private static final int FIRST_CAPACITY = 4096;

    private final LaneTransport lane;
    private final Wire.Line line;
    private final int protocol;
    private final BiConsumer<Long, Throwable> onNotSent;
    private final ArrayDeque<Outflow> ready = new ArrayDeque<>();
    private final long window;
    private int incarnation;
    private long nextBatch;
    private long sent;
    private long acknowledged;
    private @Nullable ByteBuf batch;
    private int lastFrame;
    private boolean flushRequested;
    private boolean idleSinceTick = true;
    private boolean closed;

    /**
     * @param protocol that the other end is spoken to in
     * @param onNotSent hears the number of a batch that could not be sent, and why
     */
    LinkOutput(LaneTransport lane, Wire.Line line, int protocol, BiConsumer<Long, Throwable> onNotSent) {
        this.lane = lane;
        this.line = line;
        this.protocol = protocol;
        this.onNotSent = onNotSent;
        this.window = lane.config().memberWindow();
        this.incarnation = lane.nextIncarnation();
    }

    /** The number that the batch being filled will have. */
    long nextBatch() {
        return nextBatch;
    }

    int incarnation() {
        return incarnation;
    }

    /** Where the next control frame is to be written; {@link #framed()} must follow. */
    ByteBuf frame() {
        if (batch == null) {
            batch = Unpooled.buffer(FIRST_CAPACITY).writerIndex(BatchHeader.SIZE);
            lastFrame = BatchHeader.SIZE;
        }
        return batch;
    }

    /** Ends a control frame. */
    void framed() {
        var filled = frame();
        if (filled.writerIndex() > Wire.MAX_BATCH && lastFrame > BatchHeader.SIZE) {
            var overflow = filled.copy(lastFrame, filled.writerIndex() - lastFrame);
            filled.writerIndex(lastFrame);
            send();
            frame().writeBytes(overflow);
        }
        lastFrame = frame().writerIndex();
        requestFlush();
    }

    /** Has the outflow's frames sent in its turn. */
    void ready(Outflow outflow) {
        if (outflow.enqueue()) {
            ready.add(outflow);
            requestFlush();
        }
    }

    void flush() {
        flushRequested = false;
        do {
            fill();
        } while (send());
    }

    /** The other end has received so many bytes of this incarnation. */
    void acknowledged(long bytes) {
        lane.outstanding().add(acknowledged - bytes);
        acknowledged = bytes;
        if (!ready.isEmpty()) {
            requestFlush();
        }
    }

    /** Sends a batch if nothing was sent since the last tick, and asks for one, so that either end notices what was lost before. */
    void keepAlive() {
        if (idleSinceTick) {
            Choice.write(frame(), Frame.PING);
            framed();
        }
        idleSinceTick = true;
    }

    /** Sends a batch, be it empty. */
    void pong() {
        frame();
        requestFlush();
    }

    /**
     * Forgets all that was sent: after a batch was lost on the way out. The other end may never have had one: that it finds the
     * beginning missing tells it that there was one.
     */
    void restart() {
        acknowledged(sent);
        incarnation = lane.nextIncarnation();
        nextBatch = 1;
        sent = 0;
        acknowledged = 0;
        batch = null;
        ready.clear();
    }

    void close() {
        acknowledged(sent);
        closed = true;
        batch = null;
        ready.clear();
        line.close();
    }

    private void requestFlush() {
        if (!flushRequested && !closed) {
            flushRequested = true;
            lane.flushLater(this);
        }
    }

    private void fill() {
        for (var room = room(); room > 0 && !ready.isEmpty(); room = room()) {
            var outflow = ready.remove();
            outflow.dequeued();
            if (outflow.sendable()) {
                frame().ensureWritable((int) Math.min(room, outflow.waiting()) + Frame.MAX_DATA_HEADER);
                var bytes = outflow.sendFrame(frame(), room);
                sent += bytes;
                lane.outstanding().add(bytes);
                ready(outflow);
            }
        }
    }

    /** Bytes of data that may be put into the batch. */
    private int room() {
        var inBatch = Wire.MAX_BATCH - Frame.MAX_DATA_HEADER - (batch == null ? BatchHeader.SIZE : batch.writerIndex());
        return (int) Math.min(inBatch, window - (sent - acknowledged));
    }

    /** Sends the batch that is being filled; false if there is none. */
    private boolean send() {
        var full = batch;
        if (full == null || closed) {
            return false;
        }
        batch = null;
        idleSinceTick = false;
        var number = nextBatch++;
        var sender = incarnation;
        new BatchHeader(protocol, lane.address(), sender, number, sent).write(full, 0);
        line.send(BufferInternal.buffer(full)).onFailure(cause -> notSent(sender, number, cause));
        return true;
    }

    private void notSent(int sender, long number, Throwable cause) {
        if (sender == incarnation && !closed) {
            onNotSent.accept(number, cause);
        }
    }
}
