package io.colonnade.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes the path of a request into the name of a file. */
final class RequestPath {
    private RequestPath() {}

    /**
     * Decodes the percent-encoding, once.
     *
     * @return null if the path cannot name a file: its encoding is broken or not UTF-8, or it has an encoded slash, a backslash
     *     or a control character
     */
    static @Nullable String decode(String raw) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (var i = 0; i < raw.length(); i++) {
            var octet = raw.charAt(i) == '%' ? encodedOctet(raw, i) : plainOctet(raw.charAt(i));
            if (octet < 0) {
                return null;
            }
            i += raw.charAt(i) == '%' ? 2 : 0;
            bytes.put((byte) octet);
        }
        return utf8(bytes.flip());
    }

    /** The octet that is encoded at the position, or -1. */
    private static int encodedOctet(String raw, int at) {
        if (at + 2 >= raw.length()) {
            return -1;
        }
        var high = Character.digit(raw.charAt(at + 1), 16);
        var low = Character.digit(raw.charAt(at + 2), 16);
        var octet = high * 16 + low;
        return high < 0 || low < 0 || octet == '/' ? -1 : plainOctet((char) octet);
    }

    private static int plainOctet(char c) {
        return c < ' ' || c == 0x7f || c == '\\' || c > 0xff ? -1 : c;
    }

    private static @Nullable String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
