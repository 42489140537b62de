package io.colonnade.security;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Reads and writes short messages on a blocking socket, each after two bytes with its length. It reads no byte beyond a message,
 * and gives up at one deadline, however slowly the other end sends.
 */
final class HandshakeMessages {
    private static final int LONGEST = 512;

    private final Socket socket;
    private final long deadline;

    HandshakeMessages(Socket socket, Duration timeLimit) {
        this.socket = socket;
        deadline = System.nanoTime() + timeLimit.toNanos();
    }

    /** Writes the content of a message. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Sends bytes without their length before them. */
    void writePlain(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void write(byte[] message) throws IOException {
        writePlain(ByteBuffer.allocate(Short.BYTES + message.length)
                .putShort((short) message.length)
                .put(message)
                .array());
    }

    byte[] read() throws IOException {
        var length = Short.toUnsignedInt(ByteBuffer.wrap(read(Short.BYTES)).getShort());
        if (length > LONGEST) {
            throw new IOException("a message of " + length + " bytes is announced");
        }
        return read(length);
    }

    byte[] read(int length) throws IOException {
        var bytes = new byte[length];
        for (var done = 0; done < length; ) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("the other end is too slow");
            }
            socket.setSoTimeout((int) left);
            var read = socket.getInputStream().read(bytes, done, length - done);
            if (read < 0) {
                throw new EOFException("the other end closes the connection");
            }
            done += read;
        }
        return bytes;
    }
}
