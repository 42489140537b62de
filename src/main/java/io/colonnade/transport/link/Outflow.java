package io.colonnade.transport.link;

import io.colonnade.transport.frame.Fields;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.colonnade.transport.frame.Varint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The sending side of one direction of a stream: the bytes that wait, and how many of them the other end allows. */
public final class Outflow implements FrameSource {
    /** Bytes that may wait before {@link #full()}, unless the writer sets another mark; as in Vert.x's own streams. */
    private static final int DEFAULT_MARK = 64 * 1024;

    private static final int MOST_TRAILERS = 64 * 1024;

    private record Chunk(ByteBuf bytes, @Nullable Promise<Void> written) {}

    private final Link link;
    private final StreamId stream;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(2);
    private int sentOfFirst;
    private long waiting;
    private long sentBytes;
    private long credit;
    private int mark = DEFAULT_MARK;
    private boolean queued;
    private boolean choked;
    private boolean ended;
    private boolean endSent;
    private @Nullable ByteBuf trailers;
    private @Nullable Runnable drained;
    private @Nullable Runnable whenFinished;

    public Outflow(Link link, StreamId stream, long window) {
        this.link = link;
        this.stream = stream;
        this.credit = window;
    }

    public void write(Buffer chunk, @Nullable Promise<Void> written) {
        var bytes = ((BufferInternal) chunk).getByteBuf();
        var length = bytes.readableBytes();
        if (length == 0) {
            complete(written);
            return;
        }
        chunks.add(new Chunk(bytes, written));
        waiting += length;
        choked |= full();
        link.lane().buffered().add(length);
        link.output().ready(this);
    }

    /** Ends the body. Throws {@link UnwritableFrameException} if the trailers cannot be sent; then the body has not ended. */
    public void end(@Nullable MultiMap withTrailers) {
        if (!ended) {
            trailers = withTrailers == null ? null : written(withTrailers);
            ended = true;
            link.output().ready(this);
        }
    }

    private static ByteBuf written(MultiMap fields) {
        var written = Unpooled.buffer();
        Fields.write(written, fields);
        if (written.readableBytes() > MOST_TRAILERS) {
            throw new UnwritableFrameException("the trailers have more than " + MOST_TRAILERS + " bytes");
        }
        return written;
    }

    public boolean ended() {
        return ended;
    }

    /** Whether everything, including the end, has been put into batches. */
    public boolean finished() {
        return endSent;
    }

    public void mark(int bytes) {
        mark = bytes;
    }

    /** Bytes that have been put into batches. */
    public long sentBytes() {
        return sentBytes;
    }

    @Override
    public long waiting() {
        return waiting;
    }

    public boolean full() {
        return waiting >= mark;
    }

    /** Sets what runs when the end has been put into a batch. */
    public void onFinished(Runnable action) {
        whenFinished = action;
    }

    /** Sets what runs when the outflow was full and takes bytes again. */
    public void onDrained(@Nullable Runnable action) {
        drained = action;
    }

    public void credit(long bytes) {
        credit += bytes;
        link.output().ready(this);
    }

    @Override
    public boolean enqueue() {
        if (queued || !sendable()) {
            return false;
        }
        queued = true;
        return true;
    }

    @Override
    public void dequeued() {
        queued = false;
    }

    @Override
    public boolean sendable() {
        return chunks.isEmpty() ? ended && !endSent : credit > 0;
    }

    @Override
    public int sendFrames(int room) {
        var first = chunks.peek();
        if (first == null) {
            sendEnd();
            return 0;
        }
        var batch = link.output().begin();
        var left = first.bytes.readableBytes() - sentOfFirst;
        var length = (int) Math.min(Math.min(left, Frame.MAX_DATA), Math.min(credit, room));
        Frame.DATA.begin(batch, stream);
        Varint.write(batch, length);
        batch.writeBytes(first.bytes, first.bytes.readerIndex() + sentOfFirst, length);
        link.output().end();
        sent(first, length, left);
        if (chunks.isEmpty() && sendable()) {
            // In the same batch, so that the other end can pass both on as one.
            sendEnd();
        }
        return length;
    }

    private void sent(Chunk first, int length, int left) {
        credit -= length;
        waiting -= length;
        sentBytes += length;
        link.lane().buffered().add(-length);
        sentOfFirst = length == left ? 0 : sentOfFirst + length;
        if (length == left) {
            chunks.remove();
            complete(first.written);
        }
        if (choked && waiting <= mark / 2) {
            choked = false;
            if (drained != null) {
                drained.run();
            }
        }
    }

    private void sendEnd() {
        endSent = true;
        var batch = link.output().begin();
        Frame.END.begin(batch, stream);
        if (trailers == null) {
            batch.writeByte(0);
        } else {
            batch.writeBytes(trailers);
        }
        link.output().end();
        if (whenFinished != null) {
            whenFinished.run();
        }
    }

    /** Drops the bytes that wait, and ends the body there. */
    public void truncate() {
        drop(new HttpClosedException("the rest of the body is not needed"));
        ended = true;
        link.output().ready(this);
    }

    /** Drops the bytes that wait. Nothing more is sent, not even the end. */
    public void discard(Throwable cause) {
        drop(cause);
        ended = true;
        endSent = true;
    }

    private void drop(Throwable cause) {
        drained = null;
        link.lane().buffered().add(-waiting);
        waiting = 0;
        for (var chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            if (chunk.written != null) {
                chunk.written.tryFail(cause);
            }
        }
    }

    private static void complete(@Nullable Promise<Void> written) {
        if (written != null) {
            written.tryComplete();
        }
    }
}
