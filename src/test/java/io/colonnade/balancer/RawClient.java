package io.colonnade.balancer;

import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends requests and reads responses as text; a line of a request ends with a line feed alone. */
final class RawClient implements AutoCloseable {
    private final RawHttp http;

    RawClient(int port) throws IOException {
        http = RawHttp.connect(port);
    }

    RawClient send(String text) throws IOException {
        http.send(text.replace("\n", "\r\n"));
        return this;
    }

    /** Sends nothing more. */
    RawClient sendEnd() throws IOException {
        http.sendEnd();
        return this;
    }

    /** Reads one response, which must have arrived whole. */
    String response() throws IOException {
        var response = http.read();
        if (!response.isComplete()) {
            throw new IOException("the connection ended after " + response);
        }
        return response.statusLine() + "\r\n" + String.join("\r\n", response.fields()) + "\r\n\r\n" + response.text();
    }

    /** Reads all bytes until the end of the connection. */
    String rest() throws IOException {
        return new String(http.stream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
