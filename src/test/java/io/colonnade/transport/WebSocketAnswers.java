package io.colonnade.transport;

import io.colonnade.core.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A tier that accepts upgrades by the path of the request. */
final class WebSocketAnswers {
    private final Map<String, Consumer<HttpServerRequest>> answers = Map.of(
            "/echo", this::echo,
            "/protocol", this::protocol,
            "/refuse", request -> request.response().setStatusCode(403).end("no"),
            "/endless", request -> request.toWebSocket().onSuccess(this::endless),
            "/deaf", request -> request.toWebSocket().onSuccess(this::deaf),
            "/raw", request -> request.toNetSocket().onSuccess(this::echoRaw));

    /** How the last connection ended: its close code, or "deaf" for one that did not read. */
    final AtomicReference<String> closed = new AtomicReference<>("");

    /** The last WebSocket that does not read. */
    final AtomicReference<ServerWebSocket> deaf = new AtomicReference<>();

    /** Bytes that WebSockets of {@code /deaf} have read. */
    final AtomicLong read = new AtomicLong();

    /** Messages that {@code /endless} has sent, and the test. */
    final AtomicLong sent = new AtomicLong();

    Future<Void> answer(Exchange exchange) {
        exchange.response().putHeader("x-app-node", "n");
        answers.get(exchange.request().path()).accept(exchange.request());
        return Promise.<Void>promise().future();
    }

    private void echo(HttpServerRequest request) {
        request.toWebSocket().onSuccess(socket -> {
            socket.closeHandler(v -> closed.set(String.valueOf(socket.closeStatusCode())));
            socket.binaryMessageHandler(socket::writeBinaryMessage);
            socket.textMessageHandler(text -> {
                switch (text) {
                    case "close" -> socket.close((short) 4001, "as asked");
                    case "address" ->
                        socket.writeTextMessage(socket.remoteAddress().hostAddress() + " " + socket.uri());
                    default -> socket.writeTextMessage(text);
                }
            });
        });
    }

    private void protocol(HttpServerRequest request) {
        request.response().putHeader("sec-websocket-protocol", "chat").putHeader("X-Case", "Kept");
        echo(request);
    }

    /** Sends back what arrives, and ends after "bye". */
    private void echoRaw(NetSocket socket) {
        socket.handler(bytes -> {
            socket.write(bytes);
            if (bytes.toString().endsWith("bye")) {
                socket.end();
            } else if (socket.writeQueueFull()) {
                socket.pause();
                socket.drainHandler(v -> socket.resume());
            }
        });
    }

    private void endless(ServerWebSocket socket) {
        if (socket.isClosed()) {
            return;
        }
        while (!socket.writeQueueFull()) {
            socket.writeBinaryMessage(Buffer.buffer(new byte[8192]));
            sent.incrementAndGet();
        }
        socket.drainHandler(v -> endless(socket));
    }

    private void deaf(ServerWebSocket socket) {
        socket.pause();
        socket.binaryMessageHandler(message -> read.addAndGet(message.length()));
        socket.closeHandler(v -> closed.set("deaf"));
        deaf.set(socket);
    }
}
