package io.colonnade.app.websocket;

import io.colonnade.core.Unread;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.flow.FlowControlHandler;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Makes a site's WebSockets of Vert.x's own. The node that runs the site does it, so that they are the same wherever the
 * client is connected.
 */
public final class WebSockets {
    private WebSockets() {}

    /**
     * Accepts the request as a WebSocket. Fails as {@link HttpServerRequest#toWebSocket} does.
     *
     * @param fields the response's fields
     * @param unread counts what the site writes; if it is too much, the connection is closed
     */
    public static Future<ServerWebSocket> accept(
            HttpServerRequest request, MultiMap fields, WebSocketLimits limits, Unread unread) {
        var deflate = WebSocketDeflate.offered(request.headers());
        if (deflate) {
            fields.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, WebSocketDeflate.ACCEPTED);
        }
        return request.toWebSocket().map(socket -> {
            var handler = ((WebSocketInternal) socket).channelHandlerContext();
            install(handler, deflate, limits);
            return new SiteWebSocket(socket, unread, handler);
        });
    }

    /** Replaces Vert.x's decoder, and adds the handlers before Vert.x's own. */
    static void install(ChannelHandlerContext vertx, boolean deflate, WebSocketLimits limits) {
        var pipeline = vertx.pipeline();
        var config = WebSocketDecoderConfig.newBuilder()
                .allowExtensions(deflate)
                .maxFramePayloadLength(limits.maxFrame())
                .closeOnProtocolViolation(false)
                .build();
        pipeline.replace("wsdecoder", "wsdecoder", new WebSocket13FrameDecoder(config));
        pipeline.addBefore("handler", "websocket-flow", new FlowControlHandler());
        if (deflate) {
            WebSocketDeflate.install(pipeline, limits.maxMessage());
        }
        pipeline.addBefore("handler", "websocket-text", new Utf8FrameValidator(false));
        pipeline.addBefore("handler", "websocket-frames", new ClientFrames(limits));
    }
}
