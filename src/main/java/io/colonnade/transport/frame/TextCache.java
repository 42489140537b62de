package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * Reads short text that repeats, such as the names of fields and most of their values, without creating it again: a known text
 * already has its hash, and its {@code String} if that was asked for. Used on one lane.
 *
 * <p>Each text has one slot, and a later text with the same hash takes it. So the memory is bounded, whatever is sent.
 */
public final class TextCache {
    private static final int SLOTS = 512;
    private static final int LONGEST = 128;
    private static final int SAMPLES = 16;

    private final AsciiString[] known = new AsciiString[SLOTS];
    private final byte[] scratch = new byte[LONGEST];

    public TextCache() {
        Arrays.fill(known, AsciiString.EMPTY_STRING);
    }

    /** Reads what {@link Text#write} wrote. The same text is usually the same object. */
    AsciiString read(ByteBuf from) {
        var length = Varint.read(from, from.readableBytes());
        if (length == 0) {
            return AsciiString.EMPTY_STRING;
        }
        if (!from.hasArray()) {
            return readCopy(from, length);
        }
        var bytes = from.array();
        var start = from.arrayOffset() + from.readerIndex();
        from.skipBytes(length);
        return length > LONGEST ? new AsciiString(bytes, start, length, true) : cached(bytes, start, length);
    }

    private AsciiString readCopy(ByteBuf from, int length) {
        var bytes = length > LONGEST ? new byte[length] : scratch;
        from.readBytes(bytes, 0, length);
        return length > LONGEST ? new AsciiString(bytes, false) : cached(bytes, 0, length);
    }

    private AsciiString cached(byte[] bytes, int start, int length) {
        var slot = hash(bytes, start, length) & (SLOTS - 1);
        var last = known[slot];
        if (Arrays.equals(last.array(), 0, last.length(), bytes, start, start + length)) {
            return last;
        }
        var text = new AsciiString(bytes, start, length, true);
        known[slot] = text;
        return text;
    }

    /** The hash of some of the bytes only. Different texts may share a slot without harm. */
    private static int hash(byte[] bytes, int start, int length) {
        var step = 1 + length / SAMPLES;
        var hash = length;
        for (var i = start; i < start + length; i += step) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 9;
    }
}
