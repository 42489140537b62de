package io.colonnade.transport.received;

import io.colonnade.core.ListField;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.tunnel.TunnelChannel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketImpl;
import io.vertx.core.net.impl.VertxHandler;
import java.util.function.Supplier;

/**
 * Turns a request that came from another node into a WebSocket or a plain socket. Both are Vert.x's own, on a {@link TunnelChannel}. For a
 * WebSocket, a connection of Vert.x on that channel gets the request, so that Vert.x itself accepts or refuses the handshake.
 */
final class Upgrade {
    /** The options of the public port: without compression and a limit of messages, which are the application tier's. */
    private static final HttpServerOptions OPTIONS = new HttpServerOptions()
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxWebSocketMessageSize(Integer.MAX_VALUE);

    private final Opener opener;
    private final RequestHead head;
    private final HttpServerRequestInternal request;
    private final ReceivedResponse response;
    private final ContextInternal context;

    Upgrade(Opener opener, RequestHead head, HttpServerRequestInternal request, ReceivedResponse response) {
        this.opener = opener;
        this.head = head;
        this.request = request;
        this.response = response;
        this.context = request.context();
    }

    Future<NetSocket> toNetSocket() {
        return isUpgrade()
                ? whenPossible(this::netSocket)
                : context.failedFuture("HTTP method must be an HTTP upgrade to upgrade the connection to a TCP socket");
    }

    Future<ServerWebSocket> toWebSocket() {
        return whenPossible(this::webSocket);
    }

    /** Waits for the end of the request: after that the stream carries only the tunnel's bytes. */
    private <T> Future<T> whenPossible(Supplier<Future<T>> step) {
        var requestEnd = request.isEnded()
                ? context.<Void>succeededFuture()
                : request.resume().end();
        return requestEnd.compose(v -> onLoop(step));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> step) {
        Promise<T> done = context.promise();
        var loop = context.nettyEventLoop();
        if (loop.inEventLoop()) {
            attempt(step).onComplete(done);
        } else {
            loop.execute(() -> attempt(step).onComplete(done));
        }
        return done.future();
    }

    private <T> Future<T> attempt(Supplier<Future<T>> step) {
        if (opener.over()) {
            return Future.failedFuture(new HttpClosedException("the client, or the node it is connected to, is gone"));
        }
        return response.headWritten() ? Future.failedFuture("Response already sent") : step.get();
    }

    private Future<NetSocket> netSocket() {
        var channel = newChannel();
        var handler = VertxHandler.create(ctx -> new NetSocketImpl(context, ctx, null, null, null, false));
        channel.pipeline().addLast("handler", handler);
        response.switchProtocols();
        channel.open(opener.upgrade());
        return context.succeededFuture(handler.getConnection());
    }

    private Future<ServerWebSocket> webSocket() {
        var channel = newChannel();
        var handler = VertxHandler.create(this::newConnection);
        channel.pipeline()
                .addLast("httpDecoder", new HttpRequestDecoder())
                .addLast("httpEncoder", new Handshake(channel))
                .addLast("handler", handler);
        Promise<ServerWebSocket> accepted = context.promise();
        handler.getConnection().handler(replayed -> {
            replayed.response().headers().addAll(response.headers());
            replayed.toWebSocket().onComplete(accepted);
        });
        channel.pipeline().fireChannelRead(replay()).fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        return accepted.future();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // on the channel's event loop it is registered at once
    private TunnelChannel newChannel() {
        var channel = new TunnelChannel(head);
        context.nettyEventLoop().register(channel);
        return channel;
    }

    private Http1xServerConnection newConnection(ChannelHandlerContext ctx) {
        var origin = request.scheme() + "://" + head.authority();
        return new Http1xServerConnection(
                ThreadingModel.EVENT_LOOP, () -> context, null, OPTIONS, ctx, context, origin, null);
    }

    private DefaultHttpRequest replay() {
        var version = head.version() == HttpVersion.HTTP_1_0
                ? io.netty.handler.codec.http.HttpVersion.HTTP_1_0
                : io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
        return new DefaultHttpRequest(version, head.method().toNetty(), head.uri(), (HttpHeaders) head.fields());
    }

    private boolean isUpgrade() {
        return head.method().equals(HttpMethod.GET)
                && ListField.has(head.fields(), HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    }

    /** Takes the answer to the handshake off the channel, and gives it to the exchange. */
    private final class Handshake extends HttpResponseEncoder {
        private final TunnelChannel channel;

        private Handshake(TunnelChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
            if (!(message instanceof FullHttpResponse answer)) {
                super.write(ctx, message, promise);
                return;
            }
            try {
                answer(answer);
            } finally {
                ReferenceCountUtil.release(answer);
            }
            promise.trySuccess();
        }

        private void answer(FullHttpResponse answer) {
            if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                response.switchProtocols(HeadersMultiMap.httpHeaders().addAll(answer.headers()));
                channel.open(opener.upgrade());
            } else {
                response.setStatusCode(answer.status().code());
                answer.headers().forEach(field -> response.headers().set(field.getKey(), field.getValue()));
                response.end(BufferInternal.buffer(answer.content().copy()));
            }
        }
    }
}
