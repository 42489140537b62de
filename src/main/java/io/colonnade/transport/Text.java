package io.colonnade.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Text in frames: its length in bytes and then ISO 8859-1, which is what field values are made of (RFC 9110, section 5.5). */
final class Text {
    static void write(ByteBuf to, CharSequence text) {
        Varint.write(to, text.length());
        if (text instanceof AsciiString ascii) {
            to.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else {
            to.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        }
    }

    static String read(ByteBuf from) {
        var length = Varint.read(from, from.readableBytes());
        return from.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    }

    /** Reads without decoding; the bytes are the text's own. */
    static AsciiString readAscii(ByteBuf from) {
        var bytes = new byte[Varint.read(from, from.readableBytes())];
        from.readBytes(bytes);
        return new AsciiString(bytes, false);
    }

    private Text() {}
}
