package io.colonnade.it;

import io.colonnade.it.harness.Node;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.colonnade.testing.RawWebSocket;
import io.vertx.core.buffer.Buffer;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One connection of a client, and a record of all that the client could see on it, except what may differ from node to node. */
final class Dialogue implements Closeable {
    private final RawHttp http;
    private final List<String> seen = new ArrayList<>();
    private Optional<RawResponse> last = Optional.empty();

    Dialogue(Node node) throws IOException {
        this.http = RawHttp.connect(node.port());
    }

    Dialogue say(String text) throws IOException {
        http.send(text);
        return this;
    }

    Dialogue hear() throws IOException {
        return hear(false);
    }

    Dialogue hear(boolean toHead) throws IOException {
        var response = http.read(toHead);
        last = Optional.of(response);
        seen.add(response.statusLine());
        response.fields().stream()
                .filter(field -> !isOfNode(field))
                .map(field -> field.replaceFirst("Expires=[^;]*", "Expires=later"))
                .forEach(seen::add);
        seen.add(response.body().length() + " bytes: " + response.text());
        response.trailers().stream().map("trailer "::concat).forEach(seen::add);
        seen.add("end: " + response.end());
        return this;
    }

    /** Sends a frame of a WebSocket, after the handshake. */
    Dialogue sayFrame(boolean last, int opcode, Buffer payload) throws IOException {
        http.send(RawWebSocket.frame(last, opcode, payload).getBytes());
        return this;
    }

    Dialogue hearFrame() throws IOException {
        seen.add(RawWebSocket.read(new DataInputStream(http.stream())).toString());
        return this;
    }

    /** Notes all bytes until the peer closes. */
    void hearEnd() throws IOException {
        try {
            seen.add("rest: " + Buffer.buffer(http.stream().readAllBytes()));
        } catch (SocketException reset) {
            seen.add("reset");
        }
    }

    /** Notes whether the connection answers once more. */
    void probe() throws IOException {
        try {
            http.send(RawHttp.request("GET", "/empty"));
            seen.add("then: " + http.read().status());
        } catch (EOFException | SocketException closed) {
            seen.add("then: closed");
        }
    }

    /** Sends nothing more; responses can still be read. */
    Dialogue sayNoMore() throws IOException {
        http.sendEnd();
        return this;
    }

    /** Goes away, as a client that dies does. */
    void die() throws IOException {
        http.reset();
    }

    List<String> seen() {
        return seen;
    }

    /** The status of the last response; 0 if there was none. */
    int status() {
        return last.map(RawResponse::status).orElse(0);
    }

    /** The node that ran the tier for the last response; empty if none did. */
    String node(String tier) {
        return last.flatMap(response -> response.field("x-" + tier + "-node")).orElse("");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private static boolean isOfNode(String field) {
        var name = field.split(":", 2)[0].toLowerCase(Locale.ROOT);
        return name.equals("date") || (name.startsWith("x-") && name.endsWith("-node"));
    }
}
