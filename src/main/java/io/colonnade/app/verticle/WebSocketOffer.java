package io.colonnade.app.verticle;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The request of a client that wants a WebSocket, until the application has accepted or rejected it. */
final class WebSocketOffer implements ServerWebSocketHandshake {
    private final HttpServerRequest request;
    private final @Nullable Handler<ServerWebSocket> onAccepted;

    /**
     * @param onAccepted receives the WebSocket besides who accepts it; null for nobody
     */
    WebSocketOffer(HttpServerRequest request, @Nullable Handler<ServerWebSocket> onAccepted) {
        this.request = request;
        this.onAccepted = onAccepted;
    }

    @Override
    public Future<ServerWebSocket> accept() {
        var accepted = request.toWebSocket();
        return onAccepted == null ? accepted : accepted.onSuccess(onAccepted);
    }

    @Override
    public Future<Void> reject(int status) {
        return request.response().setStatusCode(status).end();
    }

    @Override
    public MultiMap headers() {
        return request.headers();
    }

    @Override
    public @Nullable String scheme() {
        return request.scheme();
    }

    @Override
    public @Nullable HostAndPort authority() {
        return request.authority();
    }

    @Override
    public String uri() {
        return request.uri();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public SocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return request.localAddress();
    }

    @Override
    public boolean isSsl() {
        return request.isSSL();
    }

    @Override
    public SSLSession sslSession() {
        return request.sslSession();
    }

    @Override
    public List<Certificate> peerCertificates() throws SSLPeerUnverifiedException {
        return List.of(request.sslSession().getPeerCertificates());
    }
}
