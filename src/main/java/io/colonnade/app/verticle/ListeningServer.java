package io.colonnade.app.verticle;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrafficShapingOptions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server of an application that is a site. The node has the port, the connections and the encryption, so that settings of these have
 * no effect here.
 */
public final class ListeningServer implements HttpServer {
    private final SiteServers servers;
    private final VertxInternal vertx;
    private int port;
    private @Nullable Handler<HttpServerRequest> onRequest;
    private @Nullable Handler<ServerWebSocket> onWebSocket;
    private @Nullable Handler<ServerWebSocketHandshake> onHandshake;
    private volatile @Nullable ContextInternal context;

    ListeningServer(SiteServers servers, VertxInternal vertx, int port) {
        this.servers = servers;
        this.port = port;
        this.vertx = vertx;
    }

    /** The context on which the application listens, and on which its handlers are to run. */
    public ContextInternal context() {
        return Objects.requireNonNull(context);
    }

    /** Gives a request to the application. Throws what its handler throws. */
    public void handle(HttpServerRequest request) {
        if (request.canUpgradeToWebSocket() && (onWebSocket != null || onHandshake != null)) {
            handleWebSocket(request);
        } else {
            Objects.requireNonNull(onRequest).handle(request);
        }
    }

    private void handleWebSocket(HttpServerRequest request) {
        var handshake = new WebSocketOffer(request, onWebSocket);
        if (onHandshake == null) {
            handshake.accept();
        } else {
            onHandshake.handle(handshake);
        }
    }

    @Override
    public HttpServer requestHandler(Handler<HttpServerRequest> handler) {
        onRequest = handler;
        return this;
    }

    @Override
    public @Nullable Handler<HttpServerRequest> requestHandler() {
        return onRequest;
    }

    @Override
    public HttpServer webSocketHandler(Handler<ServerWebSocket> handler) {
        onWebSocket = handler;
        return this;
    }

    @Override
    public @Nullable Handler<ServerWebSocket> webSocketHandler() {
        return onWebSocket;
    }

    @Override
    public HttpServer webSocketHandshakeHandler(Handler<ServerWebSocketHandshake> handler) {
        onHandshake = handler;
        return this;
    }

    /** Never called: the node answers what is no valid request. */
    @Override
    public HttpServer invalidRequestHandler(Handler<HttpServerRequest> handler) {
        return this;
    }

    /** Never called: the connections are the node's. */
    @Override
    public HttpServer connectionHandler(Handler<HttpConnection> handler) {
        return this;
    }

    /** Never called: the connections are the node's. */
    @Override
    public HttpServer exceptionHandler(Handler<Throwable> handler) {
        return this;
    }

    @Override
    public Future<Boolean> updateSSLOptions(ServerSSLOptions options, boolean force) {
        return vertx.getOrCreateContext().succeededFuture(false);
    }

    @Override
    public Future<Boolean> updateTrafficShapingOptions(TrafficShapingOptions options) {
        return vertx.getOrCreateContext().succeededFuture(false);
    }

    @Override
    public Future<HttpServer> listen() {
        return listen(port);
    }

    @Override
    public Future<HttpServer> listen(SocketAddress address) {
        var caller = vertx.getOrCreateContext();
        if (onRequest == null && onWebSocket == null && onHandshake == null) {
            return caller.failedFuture(new IllegalStateException("Set request or WebSocket handler first"));
        }
        if (context != null) {
            return caller.failedFuture(new IllegalStateException("Listen already called"));
        }
        port = address.port();
        context = caller.unwrap();
        try {
            servers.add(this, port);
        } catch (IllegalStateException other) {
            context = null;
            return caller.failedFuture(other);
        }
        return caller.succeededFuture(this);
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
        servers.remove(this);
        return vertx.getOrCreateContext().succeededFuture();
    }

    @Override
    public int actualPort() {
        return port;
    }

    @Override
    public boolean isMetricsEnabled() {
        return false;
    }
}
