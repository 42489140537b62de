package io.colonnade.app;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.flow.FlowControlHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.HashMap;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses a site's WebSocket by permessage-deflate (RFC 7692), at the node that the site runs on: what travels between
 * nodes is compressed too. Neither end keeps a window from message to message, so that a WebSocket at rest holds none.
 *
 * <p>Vert.x's own support is not used, as it looks at every request and response of every connection, keeps the windows, and
 * sets no limit to what a message may grow to.
 */
final class WebSocketDeflate {
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";

    /** The response's field {@code Sec-WebSocket-Extensions}. */
    static final String ACCEPTED = "permessage-deflate; " + SERVER_NO_CONTEXT + "; " + CLIENT_NO_CONTEXT;

    private static final String VERSION = "13";

    /** Of a frame when it is inflated, as a whole message may come in one: what a site takes at most, then the connection is closed. */
    private static final int MAX_INFLATED = HttpServerOptions.DEFAULT_MAX_WEBSOCKET_MESSAGE_SIZE;

    private static final PerMessageDeflateServerExtensionHandshaker HANDSHAKER =
            new PerMessageDeflateServerExtensionHandshaker(
                    Deflater.BEST_SPEED,
                    false,
                    PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE,
                    true,
                    true,
                    MAX_INFLATED);

    private final WebSocketServerExtension extension;

    private WebSocketDeflate(WebSocketServerExtension extension) {
        this.extension = extension;
    }

    /** The first of the client's offers that can be accepted; null if there is none. */
    static @Nullable WebSocketDeflate offered(MultiMap fields) {
        var offers = fields.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        if (offers.isEmpty() || !VERSION.equals(fields.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return null;
        }
        for (var offer : WebSocketExtensionUtil.extractExtensions(String.join(",", offers))) {
            var extension = accept(offer);
            if (extension != null) {
                return new WebSocketDeflate(extension);
            }
        }
        return null;
    }

    /** A server may have both ends forget their windows whether that was offered or not (RFC 7692 section 7.1.1). */
    private static @Nullable WebSocketServerExtension accept(WebSocketExtensionData offer) {
        var parameters = new HashMap<>(offer.parameters());
        parameters.put(SERVER_NO_CONTEXT, null);
        parameters.put(CLIENT_NO_CONTEXT, null);
        try {
            return HANDSHAKER.handshakeExtension(new WebSocketExtensionData(offer.name(), parameters));
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    /** To be called when the handshake is over, before a frame is sent. */
    void compress(ServerWebSocket socket) {
        install(((WebSocketInternal) socket).channelHandlerContext().pipeline());
    }

    void install(ChannelPipeline pipeline) {
        pipeline.replace("wsdecoder", "wsdecoder", new WebSocket13FrameDecoder(frames()));
        pipeline.addBefore("handler", "websocket-flow", new FlowControlHandler());
        pipeline.addBefore("handler", "websocket-inflater", extension.newExtensionDecoder());
        pipeline.addBefore("handler", "websocket-pace", new Pace());
        pipeline.addBefore("handler", "websocket-deflater", new MessageDeflater());
    }

    private static WebSocketDecoderConfig frames() {
        return WebSocketDecoderConfig.newBuilder()
                .allowExtensions(true)
                .maxFramePayloadLength(HttpServerOptions.DEFAULT_MAX_WEBSOCKET_FRAME_SIZE)
                .closeOnProtocolViolation(false)
                .build();
    }

    /**
     * One read of a few kilobytes may hold messages of megabytes. So Vert.x is asked in between whether it wants more of them; what
     * it does not want waits as it came, in the {@link FlowControlHandler}.
     */
    private static final class Pace extends ChannelInboundHandlerAdapter {
        private static final int MOST_BYTES = 64 << 10;

        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bytes += message instanceof WebSocketFrame frame ? frame.content().readableBytes() : 0;
            ctx.fireChannelRead(message);
            if (bytes >= MOST_BYTES) {
                bytes = 0;
                ctx.fireChannelReadComplete();
            }
        }
    }
}
