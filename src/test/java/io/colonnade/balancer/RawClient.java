package io.colonnade.balancer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says exactly these bytes, and hears exactly those. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** One response with a Content-Length. */
    String response() throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append(next());
        }
        var head = text.toString().toLowerCase(Locale.ROOT);
        var field = head.indexOf("content-length: ") + "content-length: ".length();
        for (var left = Integer.parseInt(head.substring(field, head.indexOf('\r', field))); left > 0; left--) {
            text.append(next());
        }
        return text.toString();
    }

    /** All until the end of the connection. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private char next() throws IOException {
        var read = in.read();
        if (read < 0) {
            throw new IOException("the connection ended");
        }
        return (char) read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
