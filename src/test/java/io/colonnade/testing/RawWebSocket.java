package io.colonnade.testing;

import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A client of a WebSocket that sends and reads exact frames. */
public final class RawWebSocket implements AutoCloseable {
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** Added to an opcode: the first reserved bit, which marks a compressed message (RFC 7692 section 6). */
    public static final int COMPRESSED = 0x40;

    private static final int TAIL = 0x0000ffff;

    /**
     * One frame as it came.
     *
     * @param opcode with the reserved bits
     */
    public record Frame(boolean last, int opcode, Buffer payload) {
        /** The code that a close frame gives. */
        public int code() {
            return payload.getUnsignedShort(0);
        }

        public String text() {
            return payload.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static final int MASK = 0x01020304;

    private final RawHttp http;
    private final DataInputStream in;
    private final RawResponse answer;

    private RawWebSocket(RawHttp http) throws IOException {
        this.http = http;
        this.in = new DataInputStream(http.stream());
        this.answer = http.readHead();
    }

    public static RawWebSocket connect(int port, String target) throws IOException {
        return over(RawHttp.connect(port).send(handshake(target)));
    }

    /** Reads the response to a handshake that was sent over the connection. */
    public static RawWebSocket over(RawHttp http) throws IOException {
        return new RawWebSocket(http);
    }

    public static String handshake(String target) {
        return RawHttp.request(
                "GET",
                target,
                "Upgrade: websocket",
                "Connection: keep-alive, Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13");
    }

    public RawResponse answer() {
        return answer;
    }

    public RawWebSocket send(boolean last, int opcode, Buffer payload) throws IOException {
        http.send(frame(last, opcode, payload).getBytes());
        return this;
    }

    public RawWebSocket sendText(String text) throws IOException {
        return send(true, TEXT, Buffer.buffer(text));
    }

    public Frame read() throws IOException {
        return read(in);
    }

    public static Frame read(DataInputStream in) throws IOException {
        var first = in.readUnsignedByte();
        var second = in.readUnsignedByte();
        var length = second == 127 ? in.readLong() : second == 126 ? in.readUnsignedShort() : second;
        var payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame((first & 0x80) != 0, first & 0x7F, Buffer.buffer(payload));
    }

    public boolean isClosedByPeer() throws IOException {
        return http.isClosedByPeer();
    }

    public void reset() throws IOException {
        http.reset();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /** The payload of a message in the form of permessage-deflate: without the end of the last block. */
    public static Buffer deflate(Buffer payload) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(payload.getBytes());
        var bytes = new byte[payload.length() + 64];
        var length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Buffer.buffer().appendBytes(bytes, 0, length - Integer.BYTES);
    }

    /** Reverses {@link #deflate}, for up to 1 MiB. */
    public static Buffer inflate(Buffer payload) throws DataFormatException {
        var inflater = new Inflater(true);
        inflater.setInput(payload.copy().appendInt(TAIL).getBytes());
        var bytes = new byte[1 << 20];
        var length = inflater.inflate(bytes);
        inflater.end();
        return Buffer.buffer().appendBytes(bytes, 0, length);
    }

    /** A frame as a client sends it, masked. */
    public static Buffer frame(boolean last, int opcode, Buffer payload) {
        var length = payload.length();
        var frame = Buffer.buffer().appendByte((byte) ((last ? 0x80 : 0) | opcode));
        if (length < 126) {
            frame.appendByte((byte) (0x80 | length));
        } else if (length < 65536) {
            frame.appendByte((byte) (0x80 | 126)).appendUnsignedShort(length);
        } else {
            frame.appendByte((byte) (0x80 | 127)).appendLong(length);
        }
        frame.appendInt(MASK);
        for (var i = 0; i < length; i++) {
            frame.appendByte((byte) (payload.getByte(i) ^ (MASK >>> (8 * (3 - i % 4)))));
        }
        return frame;
    }
}
