package io.colonnade.app.form;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a multipart body so that no piece ends within what could be the delimiter of two parts. Netty's decoder takes the CR of
 * a delimiter for a byte of the part before if the LF comes with the next piece (https://github.com/netty/netty/issues/17383).
 */
final class WholeDelimiters {
    /** The longest delimiter: CR LF, two hyphens, a boundary of 70 characters (RFC 2046 section 5.1.1), two hyphens, CR LF. */
    private static final int LONGEST = 78;

    private @Nullable Buffer held;

    /** The bytes that may be decoded now; perhaps none. */
    Buffer next(Buffer arrived) {
        var bytes = held == null ? arrived : held.appendBuffer(arrived);
        var cut = cut(bytes);
        held = cut == bytes.length() ? null : bytes.getBuffer(cut, bytes.length());
        return bytes.slice(0, cut);
    }

    /** What was held back, as no more bytes will come. */
    Buffer rest() {
        return held == null ? Buffer.buffer() : held;
    }

    private static int cut(Buffer bytes) {
        for (var at = Math.max(0, bytes.length() - LONGEST); at < bytes.length(); at++) {
            if (bytes.getByte(at) == '\r') {
                return at;
            }
        }
        return bytes.length();
    }
}
