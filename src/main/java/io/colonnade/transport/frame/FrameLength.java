package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;

/**
 * The length in bytes that begins each frame. Whatever a frame has in it ends where the frame ends, so it can never be read as part of
 * another frame. Since protocol 3.
 */
public final class FrameLength {
    /** What the length takes, in bytes. */
    public static final int SIZE = Integer.BYTES;

    /** The most bytes that a frame may have: far more than the largest head that a client may send, far less than a batch may have. */
    public static final int MAX = 4 * 1024 * 1024;

    private static final int SINCE = 3;

    /** Whether frames begin with their length in this protocol. */
    public static boolean isIn(int protocol) {
        return protocol >= SINCE;
    }

    /** Reads the length of the next frame; throws {@link MalformedBatchException} if the batch does not have as many bytes. */
    public static int read(ByteBuf from) {
        var length = from.readableBytes() < SIZE ? -1 : from.readInt();
        if (length <= 0 || length > from.readableBytes()) {
            throw new MalformedBatchException("a frame of " + length + " bytes is not in the batch");
        }
        return length;
    }

    private FrameLength() {}
}
