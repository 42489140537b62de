package io.colonnade.chaos;

import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** What the clients do that keep a connection open. */
final class EventStreams {
    private static final long PAUSE_MILLIS = 250;

    private EventStreams() {}

    /** A WebSocket whose messages come back. */
    static void echo(RawHttp http, BooleanSupplier stop) throws IOException {
        var handshake = RawWebSocket.handshake("/websocket").replace("Host: localhost", "Host: ground");
        var socket = RawWebSocket.over(http.send(handshake));
        if (socket.answer().status() != 101) {
            throw new IOException(
                    "the WebSocket was answered with " + socket.answer().statusLine());
        }
        for (var count = 0; !stop.getAsBoolean(); count++) {
            var frame = socket.sendText("echo " + count).read();
            if (frame.opcode() != RawWebSocket.TEXT || !frame.text().equals("echo " + count)) {
                throw new IOException("instead of echo " + count + " came " + frame);
            }
            Clients.pause(PAUSE_MILLIS);
        }
    }

    /** The board's event stream: as long as others post, something comes. */
    static void events(RawHttp http, BooleanSupplier stop) throws IOException {
        var head = http.send(Board.get("/api/events") + "\r\n").readHead();
        if (head.status() != 200) {
            throw new IOException("the event stream was answered with " + head.statusLine());
        }
        read(http.stream(), stop);
    }

    private static void read(InputStream events, BooleanSupplier stop) throws IOException {
        var piece = new byte[4096];
        while (!stop.getAsBoolean()) {
            if (events.read(piece) < 0) {
                throw new IOException("the event stream has ended");
            }
        }
    }
}
