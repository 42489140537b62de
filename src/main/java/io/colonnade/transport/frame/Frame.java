package io.colonnade.transport.frame;

import io.colonnade.core.Failure;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * The frames: each has a type, a stream, and what the type needs. A stream is named by the number that its opener gave it and by
 * which end opened it, so that both ends of a link can open streams without asking.
 */
public enum Frame {
    /** Opens a stream: the request's head. */
    OPEN,
    /** The response's head. */
    HEAD,
    /** An informational head: 100 or 103 (RFC 9110, section 15.2). */
    INFORM,
    /** At most {@link #MAX_DATA} bytes of a body. */
    DATA,
    /** The end of a body, with its trailers. */
    END,
    /** No more of the request's body is needed. */
    STOP,
    /** The stream is over, and why. */
    RESET,
    /** So many bytes of a body were consumed, and as many more may be sent. */
    CREDIT,
    /** So many bytes of bodies of an incarnation of the link have arrived; belongs to no stream. */
    RECEIVED,
    /** Batches of an incarnation before the one with this number were lost; belongs to no stream. */
    GAP,
    /** Asks for a batch, so that its number shows whether those before it arrived; belongs to no stream. */
    PING,
    /** Asks where the other end's lane can be reached directly; belongs to no stream. Since protocol 2. */
    CALL,
    /** The host and port at which this lane can be reached directly; belongs to no stream. Since protocol 2. */
    LISTENS;

    /** Bytes of a body in one frame. */
    public static final int MAX_DATA = 64 * 1024;

    /** What the header of a DATA frame takes at most: the frame's length, type, stream, the data's length. */
    public static final int MAX_DATA_HEADER = FrameLength.SIZE + 1 + 5 + 3;

    /** Data that is at least one fifth of a batch may keep the whole batch in memory. */
    private static final int KEEPING_SHARE = 5;

    private static final Frame[] ALL = values();
    private static final Failure.Kind[] KINDS = Failure.Kind.values();
    private static final Failure.Progress[] PROGRESSES = Failure.Progress.values();

    /** Begins a frame of a stream. */
    public void begin(ByteBuf to, StreamId stream) {
        EnumCodec.write(to, this);
        Varint.write(to, stream.fromSender());
    }

    /** Writes a frame that belongs to no stream, of an incarnation of the link. */
    public void write(ByteBuf to, int incarnation, long number) {
        EnumCodec.write(to, this);
        to.writeInt(incarnation);
        Varint.write(to, number);
    }

    /** Whether frames of the type name the stream that they belong to. */
    public boolean isOfStream() {
        return switch (this) {
            case OPEN, HEAD, INFORM, DATA, END, STOP, RESET, CREDIT -> true;
            case RECEIVED, GAP, PING, CALL, LISTENS -> false;
        };
    }

    public static Frame type(ByteBuf from) {
        return EnumCodec.read(from, ALL);
    }

    public static void writeReset(ByteBuf to, StreamId stream, Failure failure) {
        RESET.begin(to, stream);
        EnumCodec.write(to, failure.kind());
        EnumCodec.write(to, failure.progress());
        Text.write(to, String.valueOf(failure.getMessage()));
    }

    public static Failure readReset(ByteBuf from) {
        return new Failure(EnumCodec.read(from, KINDS), EnumCodec.read(from, PROGRESSES), Text.read(from));
    }

    /** How much data follows. */
    public static int readLength(ByteBuf from) {
        return Varint.read(from, from.readableBytes());
    }

    /**
     * Reads data that the caller may keep. The data is copied out of the batch, unless the batch is on the heap and the data is a
     * large part of it: data that waits must not keep far more in memory than itself.
     */
    public static Buffer readData(ByteBuf from, int length) {
        if (!from.isDirect() && length >= from.capacity() / KEEPING_SHARE) {
            return BufferInternal.buffer(from.readSlice(length));
        }
        var bytes = new byte[length];
        from.readBytes(bytes);
        return Buffer.buffer(bytes);
    }
}
