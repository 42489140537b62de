package io.colonnade.it.site;

import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;

/** Bytes that tell where they belong, so that one that is lost, doubled or moved is noticed. */
public final class Pattern {
    /** How long a piece is; 16 KiB. */
    public static final int PIECE = 16 * 1024;

    private Pattern() {}

    /** The piece at a position of the stream; each begins with its number. */
    public static Buffer piece(long number, int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) (i < Long.BYTES ? number >>> (8 * i) : i + number);
        }
        return Buffer.buffer(bytes);
    }

    /** The CRC-32 of a stream of that many bytes. */
    public static long checksum(long bytes) {
        var crc = new CRC32();
        for (long at = 0; at < bytes; at += PIECE) {
            crc.update(piece(at / PIECE, (int) Math.min(PIECE, bytes - at)).getBytes());
        }
        return crc.getValue();
    }

    static Buffer text(int bytes) {
        var text = new byte[bytes];
        for (var i = 0; i < bytes; i++) {
            text[i] = (byte) ('a' + i % 26);
        }
        return Buffer.buffer(text);
    }
}
