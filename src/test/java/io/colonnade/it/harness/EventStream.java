package io.colonnade.it.harness;

import io.colonnade.testing.RawHttp;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A client that listens to the board's event stream. */
public final class EventStream implements Closeable {
    private final RawHttp http;
    private final BufferedReader lines;

    private EventStream(RawHttp http) {
        this.http = http;
        this.lines = new BufferedReader(new InputStreamReader(http.stream(), StandardCharsets.UTF_8));
    }

    /** Starts to listen at the node. */
    public static EventStream open(Node node) throws IOException {
        var http = RawHttp.connect(node.host(), node.port());
        var head = http.send(RawHttp.request("GET", "/api/events")).readHead();
        if (head.status() != 200
                || head.field("content-type")
                        .filter("text/event-stream"::equals)
                        .isEmpty()) {
            http.close();
            throw new AssertionError(head.toString());
        }
        var stream = new EventStream(http);
        stream.await("retry:");
        return stream;
    }

    /** The next line with this start; other lines are skipped. After two heartbeats (15 s) without such a line this fails. */
    public String await(String start) throws IOException {
        var heartbeats = 0;
        for (var line = lines.readLine(); line != null && heartbeats < 2; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            heartbeats += line.equals(":") ? 1 : 0;
        }
        throw new AssertionError("no line that starts with " + start);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
