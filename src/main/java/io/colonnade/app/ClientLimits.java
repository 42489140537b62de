package io.colonnade.app;

import io.colonnade.app.form.FormLimits;
import io.colonnade.app.websocket.WebSocketLimits;
import io.colonnade.app.websocket.WebSockets;
import io.colonnade.core.Unread;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;

/** What the clients of all sites of a node may send, and what they may leave unread. */
final class ClientLimits {
    /** The part of the heap that may be filled with what clients do not read. */
    private static final int HEAP_PART = 4;

    private final WebSocketLimits webSockets;
    private final FormLimits forms;
    private final Unread.Budget unread;
    private volatile Duration webSocketPing = Duration.ofSeconds(30);

    ClientLimits(AppConfig config) {
        webSockets = new WebSocketLimits(
                (int) config.maxWebsocketFrame(), (int) config.maxWebsocketMessage(), () -> webSocketPing);
        forms = new FormLimits(config.maxFormFields(), (int) config.maxFormBytes());
        unread = new Unread.Budget(config.maxUnread(), Runtime.getRuntime().maxMemory() / HEAP_PART);
    }

    FormLimits forms() {
        return forms;
    }

    /** A count for one client. */
    Unread unread() {
        return new Unread(unread);
    }

    /** The bytes that sites have written and that their clients do not read. */
    long unreadBytes() {
        return unread.bytes();
    }

    void pingWebSocketsAfter(Duration silence) {
        webSocketPing = silence;
    }

    Future<ServerWebSocket> accept(HttpServerRequest request, MultiMap fields) {
        return WebSockets.accept(request, fields, webSockets, unread());
    }
}
