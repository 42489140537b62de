package io.colonnade.core;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.util.concurrent.TimeUnit;

/** Ends an upgraded connection of Vert.x's because its node is going away. */
public final class GoingAway {
    /** For the last words of what is no WebSocket at this end. */
    private static final long NOTICE_SECONDS = 2;

    private GoingAway() {}

    /**
     * A WebSocket is closed with 1001 (RFC 6455 section 7.4.1). Of a plain socket the shutdown handler is called; it is closed
     * 2 s later. Called on the connection's event loop.
     */
    public static void close(Channel channel) {
        if (channel.pipeline().get("handler") instanceof VertxHandler<?> handler) {
            close(handler.getConnection());
        }
    }

    private static void close(VertxConnection connection) {
        var frame = new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
        connection.shutdown(frame, connection instanceof NetSocket ? NOTICE_SECONDS : 0, TimeUnit.SECONDS);
    }
}
