package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;

/** Unsigned numbers in seven-bit groups, the lowest first, as in Protocol Buffers' base 128 varints. */
public final class Varint {
    public static void write(ByteBuf to, long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            to.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        to.writeByte((int) rest);
    }

    /** Reads a number; throws {@link MalformedBatchException} if it has more than 64 bits. */
    public static long read(ByteBuf from) {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            var group = from.readByte();
            value |= (long) (group & 0x7F) << shift;
            if (group >= 0) {
                return value;
            }
        }
        throw new MalformedBatchException("a number has more than 64 bits");
    }

    /** Reads a number that must be an int of at most {@code max}. */
    public static int read(ByteBuf from, int max) {
        var value = read(from);
        if (value < 0 || value > max) {
            throw new MalformedBatchException("a number is " + Long.toUnsignedString(value) + ", over " + max);
        }
        return (int) value;
    }

    private Varint() {}
}
