package io.colonnade.transport.wire;

import io.colonnade.transport.frame.LaneAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connection between two lanes that carries batches both ways, each after its length in four bytes. The batches that it reads go
 * straight to the lane, on whose event loop it lives. A batch that arrives before its turn is kept, and nothing more is read until the
 * lane takes it.
 */
public final class DirectLine extends ChannelInboundHandlerAdapter implements Wire.Line {
    /** Takes a batch, or leaves it: then the line offers it again. */
    public interface Receiver {
        boolean receive(ByteBuf batch, DirectLine from);
    }

    /** Nothing waits for a batch to leave: the end of the connection tells that batches may be lost. */
    private static final Future<Void> LEFT = Future.succeededFuture();

    private static final int LENGTH = Integer.BYTES;

    private static final int LARGE = 16 * 1024;

    /** Far more than a batch with the largest head. */
    private static final int MAX_RECORD = 16 * 1024 * 1024;

    private final Receiver receiver;
    private final ChannelHandlerContext context;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private @Nullable LaneAddress source;
    private @Nullable Runnable onRead;
    private @Nullable Runnable onClosed;
    private boolean closed;

    /** Makes a line of a connection. Called on the event loop of the lane that receives by it. */
    DirectLine(NetSocketInternal socket, Receiver receiver) {
        this.receiver = receiver;
        var last = socket.channelHandlerContext();
        var records = new LengthFieldBasedFrameDecoder(MAX_RECORD, 0, LENGTH, 0, LENGTH);
        // A batch that arrives in pieces is joined by the one copy that is made anyway.
        records.setCumulator(ByteToMessageDecoder.COMPOSITE_CUMULATOR);
        last.pipeline().addBefore(last.name(), "records", records).addBefore(last.name(), "lane", this);
        this.context = last.pipeline().context(this);
    }

    /** Sets what runs when everything that one read brought has been given to the receiver. */
    public void onRead(Runnable action) {
        onRead = action;
    }

    /** Sets what runs when the connection is closed by anything but {@link #close()}. */
    public void onClosed(Runnable action) {
        onClosed = action;
    }

    /** Whether everything that arrived was sent by this lane, in this life of its node. */
    public boolean isOf(LaneAddress sender) {
        if (source == null) {
            source = sender;
        }
        return source.equals(sender);
    }

    /** Whether a batch was left, and waits. */
    public boolean holds() {
        return !held.isEmpty();
    }

    /** Offers the batches that were left again, and reads on if all of them are taken. */
    public void proceed() {
        for (var next = held.poll(); next != null; next = held.poll()) {
            if (!received(next)) {
                held.addFirst(next);
                return;
            }
        }
        allRead();
        context.channel().config().setAutoRead(true);
    }

    private void allRead() {
        if (onRead != null) {
            onRead.run();
        }
    }

    @Override
    public ByteBuf buffer() {
        return context.alloc().directBuffer(Wire.FIRST_CAPACITY).writeZero(LENGTH);
    }

    @Override
    public Future<Void> send(ByteBuf batch) {
        if (closed) {
            batch.release();
            return Future.failedFuture(NetSocketInternal.CLOSED_EXCEPTION);
        }
        batch.setInt(batch.readerIndex(), batch.readableBytes() - LENGTH);
        var unused = context.write(batch, context.voidPromise());
        return LEFT;
    }

    @Override
    public void flush() {
        context.flush();
    }

    @Override
    public void close() {
        onClosed = null;
        cut();
    }

    /** Closes the connection as if the other end had closed it. */
    public void cut() {
        closed = true;
        drop();
        var unused = context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object record) {
        var batch = inMemory((ByteBuf) record);
        if (closed) {
            release(batch);
            return;
        }
        if (held.isEmpty() && received(batch)) {
            return;
        }
        held.add(batch);
        channel.channel().config().setAutoRead(false);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext channel) {
        allRead();
        channel.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        closed = true;
        drop();
        if (onClosed != null) {
            onClosed.run();
        }
        channel.fireChannelInactive();
    }

    /** Gives a batch to the receiver, and releases its memory unless the batch was left. */
    private boolean received(ByteBuf batch) {
        var left = false;
        try {
            left = !receiver.receive(batch, this);
            return !left;
        } finally {
            if (!left) {
                release(batch);
            }
        }
    }

    private void drop() {
        held.forEach(DirectLine::release);
        held.clear();
    }

    /**
     * A large batch consists mostly of bodies, which are passed on without a copy. The frames of a small batch are read faster on the
     * heap.
     */
    static ByteBuf inMemory(ByteBuf record) {
        if (record.isDirect() && record.readableBytes() >= LARGE) {
            return record;
        }
        try {
            return Unpooled.buffer(record.readableBytes()).writeBytes(record);
        } finally {
            record.release();
        }
    }

    /**
     * Releases a batch outside the heap. Batches on the heap are left to the garbage collector: parts of them go to sites, which release
     * nothing.
     */
    static void release(ByteBuf batch) {
        if (batch.isDirect()) {
            batch.release();
        }
    }
}
