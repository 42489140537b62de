package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Text in frames: its length in bytes and then ISO 8859-1, which is what field values are made of (RFC 9110, section 5.5). */
public final class Text {
    public static void write(ByteBuf to, CharSequence text) {
        if (text instanceof AsciiString ascii) {
            Varint.write(to, ascii.length());
            to.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else {
            var bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            Varint.write(to, bytes.length);
            to.writeBytes(bytes);
        }
    }

    public static String read(ByteBuf from) {
        var length = Varint.read(from, from.readableBytes());
        return from.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    }

    private Text() {}
}
