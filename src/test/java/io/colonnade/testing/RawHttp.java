package io.colonnade.testing;

import io.colonnade.testing.RawResponse.End;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client on one connection. It sends exact bytes, and reads of each response not a byte too many, so that requests may be
 * pipelined.
 */
public final class RawHttp implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    public static RawHttp connect(int port) throws IOException {
        return connect("127.0.0.1", port);
    }

    /** Connects. Each read that takes longer than 20 s fails with {@link java.net.SocketTimeoutException}. */
    public static RawHttp connect(String host, int port) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
        return new RawHttp(socket);
    }

    /** Sends one request on a connection of its own and reads its response. */
    public static RawResponse exchange(int port, String request) throws IOException {
        try (var http = connect(port)) {
            return http.send(request).read(request.startsWith("HEAD "));
        }
    }

    /** A request without a body, with the given further lines. */
    public static String request(String method, String target, String... lines) {
        var fields = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }

    /** Sends the text as it is, in ISO 8859-1. */
    public RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawHttp send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends the end of the stream; responses can still be read. */
    public RawHttp sendEnd() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Closes with a reset, as a client that dies does. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads the response to anything but HEAD. */
    public RawResponse read() throws IOException {
        return read(false);
    }

    /**
     * Reads the next response, informational ones (1xx) too.
     *
     * @param toHead whether it answers HEAD and so has no body
     * @throws EOFException if the connection ends before the head is complete
     */
    public RawResponse read(boolean toHead) throws IOException {
        return new BodyReader(readHead()).read(toHead);
    }

    /** Reads the head of a response only, and leaves the body for {@link #readBody} or {@link #stream()}. */
    public RawResponse readHead() throws IOException {
        return new RawResponse(line(), lines(), Buffer.buffer(), List.of(), List.of(), End.NO_BODY);
    }

    /** Reads the body after the head of a response to anything but HEAD. */
    public RawResponse readBody(RawResponse head) throws IOException {
        return new BodyReader(head).read(false);
    }

    /** The bytes that come next, for a test that reads them at its own pace. */
    public InputStream stream() {
        return in;
    }

    /** Whether the peer has closed the connection and nothing is left to read. Waits for that, 20 s at most. */
    public boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return List.copyOf(lines);
    }

    private String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException(
                        "the connection ended after \"" + bytes.toString(StandardCharsets.ISO_8859_1) + '"');
            }
            bytes.write(b);
        }
        var line = bytes.toString(StandardCharsets.ISO_8859_1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Reads the body after a head. */
    private final class BodyReader {
        private final RawResponse head;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final List<Integer> chunks = new ArrayList<>();
        private List<String> trailers = List.of();

        BodyReader(RawResponse head) {
            this.head = head;
        }

        RawResponse read(boolean toHead) throws IOException {
            var status = head.status();
            var end = toHead || status < 200 || status == 204 || status == 304 ? End.NO_BODY : readBody();
            return new RawResponse(
                    head.statusLine(),
                    head.fields(),
                    Buffer.buffer(body.toByteArray()),
                    List.copyOf(chunks),
                    trailers,
                    end);
        }

        private End readBody() throws IOException {
            try {
                if (head.field("transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
                    return readChunks();
                }
                var length = head.field("content-length");
                return length.isPresent() ? readExactly(Integer.parseInt(length.get())) : readAll();
            } catch (EOFException | SocketException broken) {
                return End.PREMATURE;
            }
        }

        private End readChunks() throws IOException {
            for (var size = chunkSize(); size > 0; size = chunkSize()) {
                chunks.add(size);
                readExactly(size);
                if (!line().isEmpty()) {
                    throw new IOException("a chunk of " + size + " bytes is longer than that");
                }
            }
            trailers = lines();
            return End.LAST_CHUNK;
        }

        private int chunkSize() throws IOException {
            return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
        }

        /** Keeps the bytes that arrived before the connection broke. */
        private End readExactly(int length) throws IOException {
            var piece = new byte[Math.min(length, 64 * 1024)];
            for (var left = length; left > 0; ) {
                var count = in.read(piece, 0, Math.min(left, piece.length));
                if (count < 0) {
                    throw new EOFException();
                }
                body.write(piece, 0, count);
                left -= count;
            }
            return End.LENGTH;
        }

        private End readAll() throws IOException {
            in.transferTo(body);
            return End.CLOSE;
        }
    }
}
