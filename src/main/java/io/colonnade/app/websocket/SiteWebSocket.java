package io.colonnade.app.websocket;

import io.colonnade.core.Unread;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket as its site sees it: what the site writes is counted, and the connection of a client that takes none of it is closed. */
final class SiteWebSocket implements ServerWebSocket {
    private static final Logger log = LoggerFactory.getLogger(SiteWebSocket.class);

    private final ServerWebSocket delegate;
    private final Unread unread;
    private final ChannelHandlerContext connection;

    /** @param connection the context of Vert.x's own handler */
    SiteWebSocket(ServerWebSocket delegate, Unread unread, ChannelHandlerContext connection) {
        this.delegate = delegate;
        this.unread = unread;
        this.connection = connection;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // of closing a connection
    private Future<Void> counted(int bytes, Supplier<Future<Void>> write) {
        if (!unread.add(bytes)) {
            if (connection.channel().isOpen()) {
                log.warn(
                        "a client of {} does not read what the site writes to its WebSocket; the connection is closed",
                        path());
            }
            connection.close();
            return Future.failedFuture("the client does not read");
        }
        return write.get().onComplete(done -> unread.taken(bytes));
    }

    @Override
    public Future<Void> write(Buffer data) {
        return counted(data.length(), () -> delegate.write(data));
    }

    @Override
    public Future<Void> writeFrame(WebSocketFrame frame) {
        return counted(frame.binaryData().length(), () -> delegate.writeFrame(frame));
    }

    @Override
    public Future<Void> writeFinalTextFrame(String text) {
        return counted(text.length(), () -> delegate.writeFinalTextFrame(text));
    }

    @Override
    public Future<Void> writeFinalBinaryFrame(Buffer data) {
        return counted(data.length(), () -> delegate.writeFinalBinaryFrame(data));
    }

    @Override
    public Future<Void> writeBinaryMessage(Buffer data) {
        return counted(data.length(), () -> delegate.writeBinaryMessage(data));
    }

    @Override
    public Future<Void> writeTextMessage(String text) {
        return counted(text.length(), () -> delegate.writeTextMessage(text));
    }

    @Override
    public Future<Void> writePing(Buffer data) {
        return counted(data.length() + 1, () -> delegate.writePing(data));
    }

    @Override
    public Future<Void> writePong(Buffer data) {
        return counted(data.length() + 1, () -> delegate.writePong(data));
    }

    @Override
    public ServerWebSocket exceptionHandler(@Nullable Handler<Throwable> handler) {
        delegate.exceptionHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket handler(@Nullable Handler<Buffer> handler) {
        delegate.handler(handler);
        return this;
    }

    @Override
    public ServerWebSocket pause() {
        delegate.pause();
        return this;
    }

    @Override
    public ServerWebSocket fetch(long amount) {
        delegate.fetch(amount);
        return this;
    }

    @Override
    public ServerWebSocket endHandler(@Nullable Handler<Void> handler) {
        delegate.endHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket setWriteQueueMaxSize(int maxSize) {
        delegate.setWriteQueueMaxSize(maxSize);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return delegate.writeQueueFull();
    }

    @Override
    public ServerWebSocket drainHandler(@Nullable Handler<Void> handler) {
        delegate.drainHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket closeHandler(@Nullable Handler<Void> handler) {
        delegate.closeHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket shutdownHandler(@Nullable Handler<Void> handler) {
        delegate.shutdownHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket frameHandler(@Nullable Handler<WebSocketFrame> handler) {
        delegate.frameHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket textMessageHandler(@Nullable Handler<String> handler) {
        delegate.textMessageHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket binaryMessageHandler(@Nullable Handler<Buffer> handler) {
        delegate.binaryMessageHandler(handler);
        return this;
    }

    @Override
    public ServerWebSocket pongHandler(@Nullable Handler<Buffer> handler) {
        delegate.pongHandler(handler);
        return this;
    }

    @Override
    public Future<Void> end() {
        return delegate.end();
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit, short statusCode, @Nullable String reason) {
        return delegate.shutdown(timeout, unit, statusCode, reason);
    }

    @Override
    public @Nullable String scheme() {
        return delegate.scheme();
    }

    @Override
    public @Nullable HostAndPort authority() {
        return delegate.authority();
    }

    @Override
    public String uri() {
        return delegate.uri();
    }

    @Override
    public String path() {
        return delegate.path();
    }

    @Override
    public @Nullable String query() {
        return delegate.query();
    }

    @Override
    public String binaryHandlerID() {
        return delegate.binaryHandlerID();
    }

    @Override
    public String textHandlerID() {
        return delegate.textHandlerID();
    }

    @Override
    public String subProtocol() {
        return delegate.subProtocol();
    }

    @Override
    public Short closeStatusCode() {
        return delegate.closeStatusCode();
    }

    @Override
    public String closeReason() {
        return delegate.closeReason();
    }

    @Override
    public MultiMap headers() {
        return delegate.headers();
    }

    @Override
    public SocketAddress remoteAddress() {
        return delegate.remoteAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return delegate.localAddress();
    }

    @Override
    public boolean isSsl() {
        return delegate.isSsl();
    }

    @Override
    public boolean isClosed() {
        return delegate.isClosed();
    }

    @Override
    public SSLSession sslSession() {
        return delegate.sslSession();
    }

    @Override
    public List<Certificate> peerCertificates() throws SSLPeerUnverifiedException {
        return delegate.peerCertificates();
    }
}
