package io.colonnade.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One large body over a connection of its own, as a client sends or reads it. */
final class Transfer {
    private static final int PIECE = 65_536;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private Transfer() {}

    /**
     * Reads so many bytes.
     *
     * @param perSecond bytes that it reads at most; 0 for no limit
     * @return bytes a second
     */
    static double download(int port, long bytes, long perSecond) throws IOException, BenchException {
        try (var socket = connect(port)) {
            var start = System.nanoTime();
            send(socket, "GET /download?bytes=" + bytes + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            var from = socket.getInputStream();
            expectOk(head(from));
            var piece = new byte[PIECE];
            var read = 0L;
            for (var count = from.read(piece); count >= 0; count = from.read(piece)) {
                read += count;
                if (perSecond > 0) {
                    Pause.millis(Math.max(0, read * 1_000 / perSecond - (System.nanoTime() - start) / 1_000_000));
                }
            }
            if (read != bytes) {
                throw new BenchException("of " + bytes + " bytes " + read + " came");
            }
            return rate(bytes, start);
        }
    }

    /**
     * Sends so many bytes.
     *
     * @param seconds that the application takes to read them; 0 if it reads what comes
     * @return bytes a second, until the answer has come
     */
    static double upload(int port, long bytes, int seconds) throws IOException, BenchException {
        try (var socket = connect(port)) {
            var start = System.nanoTime();
            var query = seconds == 0 ? "" : "?bytes=" + bytes + "&seconds=" + seconds;
            send(
                    socket,
                    "POST /upload" + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
                            + bytes + "\r\n\r\n");
            var to = socket.getOutputStream();
            var piece = new byte[PIECE];
            for (var left = bytes; left > 0; left -= Math.min(left, PIECE)) {
                to.write(piece, 0, (int) Math.min(left, PIECE));
            }
            var from = socket.getInputStream();
            expectOk(head(from));
            var counted = new String(from.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!counted.equals(Long.toString(bytes))) {
                throw new BenchException("of " + bytes + " bytes the application counted " + counted);
            }
            return rate(bytes, start);
        }
    }

    private static double rate(long bytes, long start) {
        return bytes * 1e9 / (System.nanoTime() - start);
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String head) throws IOException {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(InputStream from) throws IOException {
        var head = new ByteArrayOutputStream();
        for (var matched = 0; matched < END_OF_HEAD.length; ) {
            var next = from.read();
            if (next < 0) {
                throw new IOException("the connection was closed after " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void expectOk(String head) throws BenchException {
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new BenchException(
                    "the answer was " + head.lines().findFirst().orElse(""));
        }
    }
}
