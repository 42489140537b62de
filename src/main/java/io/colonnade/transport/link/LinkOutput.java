package io.colonnade.transport.link;

import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.frame.EnumCodec;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.FrameLength;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a link. Control frames are written into the next batch at once. When the event loop's tick ends, the data of the
 * streams follows, a frame of each in turn, as far as the member's window allows.
 */
public final class LinkOutput {
    private final LaneState lane;
    private final Wire.Line bus;
    private final int protocol;
    private final boolean lengths;
    private final BiConsumer<Long, Throwable> onNotSent;
    private final Runnable flush = this::flush;
    private final ArrayDeque<FrameSource> ready = new ArrayDeque<>();
    private final long window;
    private Wire.Line line;
    private int incarnation;
    private long nextBatch;
    private long sent;
    private long acknowledged;
    private @Nullable ByteBuf batch;
    private int firstFrame;
    private int framesEnd;
    private boolean flushRequested;
    private boolean idleSinceTick = true;
    private boolean closed;

    /**
     * @param protocol the protocol that is written to the other end
     * @param bus the line that always exists
     * @param onNotSent is called with the number of a batch that could not be sent, and the cause
     */
    LinkOutput(LaneState lane, Wire.Line bus, int protocol, BiConsumer<Long, Throwable> onNotSent) {
        this.lane = lane;
        this.bus = bus;
        this.line = bus;
        this.protocol = protocol;
        this.lengths = FrameLength.isIn(protocol);
        this.onNotSent = onNotSent;
        this.window = lane.config().memberWindow();
        this.incarnation = anyIncarnation();
    }

    /** The number of the batch that is being filled. */
    public long nextBatch() {
        return nextBatch;
    }

    int incarnation() {
        return incarnation;
    }

    /**
     * Begins a frame, and returns the buffer that it is to be written into; {@link #framed()} must follow. A frame that was begun and
     * not ended, because writing it failed, is dropped.
     */
    public ByteBuf begin() {
        var to = batch();
        to.writerIndex(framesEnd);
        return lengths ? to.writeInt(0) : to;
    }

    /** Ends a control frame. Throws {@link UnwritableFrameException} if the frame is too large, and drops it. */
    public void framed() {
        var start = framesEnd;
        end();
        var filled = batch();
        if (filled.writerIndex() > Wire.MAX_BATCH && start > firstFrame) {
            var overflow = new byte[filled.writerIndex() - start];
            filled.getBytes(start, overflow);
            framesEnd = start;
            send();
            framesEnd = batch().writeBytes(overflow).writerIndex();
        }
        requestFlush();
    }

    /** Ends a frame that its source has written in its turn. */
    void end() {
        var filled = batch();
        if (lengths) {
            var length = filled.writerIndex() - framesEnd - FrameLength.SIZE;
            if (length > FrameLength.MAX) {
                throw new UnwritableFrameException("a frame has " + length + " bytes; allowed is " + FrameLength.MAX);
            }
            filled.setInt(framesEnd, length);
        }
        framesEnd = filled.writerIndex();
    }

    private ByteBuf batch() {
        if (batch == null) {
            batch = line.buffer();
            firstFrame = batch.writerIndex() + BatchHeader.SIZE;
            framesEnd = firstFrame;
            batch.writerIndex(firstFrame);
        }
        return batch;
    }

    /** Sends the source's frames in its turn. */
    void ready(FrameSource source) {
        if (source.enqueue()) {
            ready.add(source);
            requestFlush();
        }
    }

    void flush() {
        flushRequested = false;
        do {
            fill();
        } while (send());
        line.flush();
    }

    /** The protocol that is written to the other end. */
    int protocol() {
        return protocol;
    }

    /** Whether batches go by a direct line. */
    boolean isDirect() {
        return line != bus;
    }

    /**
     * Sends by this line until it is closed. The other end takes its batches after those that the bus still carries.
     *
     * @return false if there is such a line already, or nothing more is sent
     */
    boolean use(Wire.Line direct) {
        if (closed || isDirect()) {
            return false;
        }
        send();
        line = direct;
        lane.directLinks().add(1);
        return true;
    }

    /** The other end has received so many bytes of this incarnation. */
    void acknowledged(long bytes) {
        lane.outstanding().add(acknowledged - bytes);
        acknowledged = bytes;
        if (!ready.isEmpty()) {
            requestFlush();
        }
    }

    /** If nothing was sent since the last tick, sends a batch and asks for one, so that both ends notice earlier losses. */
    void keepAlive() {
        if (idleSinceTick) {
            EnumCodec.write(begin(), Frame.PING);
            framed();
        }
        idleSinceTick = true;
    }

    /** Sends a batch, even if it is empty. */
    void pong() {
        batch();
        requestFlush();
    }

    /**
     * Begins a new incarnation, because a batch was lost on its way out. Its numbers begin at 1: so an end that has received nothing yet
     * finds the beginning missing too, and notices the loss.
     */
    void restart() {
        acknowledged(sent);
        incarnation = anyIncarnation();
        nextBatch = 1;
        sent = 0;
        acknowledged = 0;
        drop();
        ready.clear();
        leaveDirect();
    }

    void close() {
        acknowledged(sent);
        closed = true;
        drop();
        ready.clear();
        leaveDirect();
        bus.close();
    }

    private static int anyIncarnation() {
        return ThreadLocalRandom.current().nextInt();
    }

    private void leaveDirect() {
        if (isDirect()) {
            line.close();
            line = bus;
            lane.directLinks().add(-1);
        }
    }

    private void drop() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    private void requestFlush() {
        if (!flushRequested && !closed) {
            flushRequested = true;
            lane.flushLater(flush);
        }
    }

    /** A frame that no longer fits into the batch begins the next one: each half would cost the other end a system call. */
    private void fill() {
        var empty = true;
        for (var room = room(); room > 0 && !ready.isEmpty(); room = room()) {
            if (!empty && room < Math.min(ready.element().waiting(), Frame.MAX_DATA)) {
                return;
            }
            empty = false;
            var source = ready.remove();
            source.dequeued();
            if (source.sendable()) {
                batch().ensureWritable((int) Math.min(room, source.waiting()) + Frame.MAX_DATA_HEADER);
                var bytes = source.sendFrames(room);
                sent += bytes;
                lane.outstanding().add(bytes);
                ready(source);
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
        full.writerIndex(framesEnd);
        idleSinceTick = false;
        var number = nextBatch++;
        var sender = incarnation;
        new BatchHeader(protocol, lane.address(), sender, number, sent).write(full, firstFrame - BatchHeader.SIZE);
        line.send(full).onFailure(cause -> notSent(sender, number, cause));
        return true;
    }

    private void notSent(int sender, long number, Throwable cause) {
        if (sender == incarnation && !closed) {
            onNotSent.accept(number, cause);
        }
    }
}
