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
 * Compresses a site's WebSocket by permessage-deflate (RFC 7692). The node that runs the site compresses, so that messages
 * are also compressed on their way between nodes. Neither end keeps a window between messages, so that an idle WebSocket
 * needs no memory for one.
 *
 * <p>Vert.x's own support is not used: it looks at every request and response of every connection, keeps the windows, and
 * does not limit the size of an inflated message.
 */
final class WebSocketDeflate {
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";

    /** The value of the response field {@code Sec-WebSocket-Extensions}. */
    static final String ACCEPTED = "permessage-deflate; " + SERVER_NO_CONTEXT + "; " + CLIENT_NO_CONTEXT;

    private static final String VERSION = "13";

    /**
     * The size limit of an inflated frame, in bytes; a larger frame closes the connection. It is the limit of a message, as a
     * whole message may come in one frame.
     */
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

    /** The first of the client's offers that is acceptable; null if none is. */
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

    /** A server may demand that both ends forget their windows even if the client did not offer it (RFC 7692 section 7.1.1). */
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

    /** Begins to compress. Call this after the handshake and before the first frame is sent. */
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
     * One read of a few kilobytes may hold messages of megabytes. Therefore Vert.x is asked after every 64 KiB whether it
     * wants more. Frames that it does not want yet wait, still compressed, in the {@link FlowControlHandler}.
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
