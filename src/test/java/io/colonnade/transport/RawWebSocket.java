package io.colonnade.transport;

import io.colonnade.it.RawHttp;
import io.colonnade.it.RawResponse;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client of a WebSocket that sends and reads exact frames. */
final class RawWebSocket implements AutoCloseable {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** One frame as it came. */
    record Frame(boolean last, int opcode, Buffer payload) {
        /** The code that a close frame gives. */
        int code() {
            return payload.getUnsignedShort(0);
        }

        String text() {
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

    static RawWebSocket connect(int port, String target) throws IOException {
        return new RawWebSocket(RawHttp.connect(port).send(handshake(target)));
    }

    static String handshake(String target) {
        return RawHttp.request(
                "GET",
                target,
                "Upgrade: websocket",
                "Connection: keep-alive, Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13");
    }

    RawResponse answer() {
        return answer;
    }

    RawWebSocket send(boolean last, int opcode, Buffer payload) throws IOException {
        http.send(frame(last, opcode, payload).getBytes());
        return this;
    }

    RawWebSocket sendText(String text) throws IOException {
        return send(true, TEXT, Buffer.buffer(text));
    }

    Frame read() throws IOException {
        var first = in.readUnsignedByte();
        var second = in.readUnsignedByte();
        var length = second == 127 ? in.readLong() : second == 126 ? in.readUnsignedShort() : second;
        var payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame((first & 0x80) != 0, first & 0xF, Buffer.buffer(payload));
    }

    boolean isClosedByPeer() throws IOException {
        return http.isClosedByPeer();
    }

    void reset() throws IOException {
        http.reset();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /** A frame as a client sends it, masked. */
    static Buffer frame(boolean last, int opcode, Buffer payload) {
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
