package io.colonnade.transport.received;

import io.colonnade.transport.frame.RequestHead;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The client's connection, as far as another node can see it: its addresses, and a way to close it. */
final class ReceivedConnection implements HttpConnection {
    private final Opener opener;
    private final RequestHead head;

    ReceivedConnection(Opener opener, RequestHead head) {
        this.opener = opener;
        this.head = head;
    }

    @Override
    public HttpConnection goAway(long errorCode, int lastStreamId, @Nullable Buffer debugData) {
        return this;
    }

    @Override
    public HttpConnection goAwayHandler(@Nullable Handler<GoAway> handler) {
        return this;
    }

    @Override
    public HttpConnection shutdownHandler(@Nullable Handler<Void> handler) {
        return this;
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
        return close();
    }

    @Override
    public HttpConnection closeHandler(Handler<Void> handler) {
        return this;
    }

    @Override
    public Future<Void> close() {
        opener.abort();
        return Future.succeededFuture();
    }

    @Override
    public Http2Settings settings() {
        return new Http2Settings();
    }

    @Override
    public Future<Void> updateSettings(Http2Settings settings) {
        return Future.failedFuture(notHere());
    }

    @Override
    public Http2Settings remoteSettings() {
        return new Http2Settings();
    }

    @Override
    public HttpConnection remoteSettingsHandler(Handler<Http2Settings> handler) {
        return this;
    }

    @Override
    public Future<Buffer> ping(Buffer data) {
        return Future.failedFuture(notHere());
    }

    @Override
    public HttpConnection pingHandler(@Nullable Handler<Buffer> handler) {
        return this;
    }

    @Override
    public HttpConnection exceptionHandler(Handler<Throwable> handler) {
        return this;
    }

    @Override
    public SocketAddress remoteAddress() {
        return head.client().toSocketAddress();
    }

    @Override
    public SocketAddress remoteAddress(boolean real) {
        return head.client().toSocketAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return head.local().toSocketAddress();
    }

    @Override
    public SocketAddress localAddress(boolean real) {
        return head.local().toSocketAddress();
    }

    @Override
    public boolean isSsl() {
        return head.ssl();
    }

    @Override
    public @Nullable SSLSession sslSession() {
        return null;
    }

    @Override
    public List<Certificate> peerCertificates() {
        return List.of();
    }

    @Override
    public @Nullable String indicatedServerName() {
        return null;
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("the client's connection ends at another node");
    }
}
