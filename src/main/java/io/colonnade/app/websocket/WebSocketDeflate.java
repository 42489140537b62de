package io.colonnade.app.websocket;

import io.colonnade.core.ListField;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
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

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";

    /** The window of the compressor, in bits, which cannot be made smaller. */
    private static final String LARGEST_WINDOW = "15";

    private WebSocketDeflate() {}

    /** Whether one of the client's offers is acceptable. */
    static boolean offered(MultiMap fields) {
        return VERSION.equals(fields.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                && ListField.elements(fields, HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS).stream()
                        .anyMatch(WebSocketDeflate::isAcceptable);
    }

    /**
     * A server must decline an offer with a parameter that is not defined, not valid, or named twice (RFC 7692 section 7). It may
     * demand that both ends forget their windows even if the client did not offer that (section 7.1.1).
     */
    private static boolean isAcceptable(String offer) {
        var parts = offer.split(";", -1);
        var seen = new HashSet<String>();
        for (var part : List.of(parts).subList(1, parts.length)) {
            var pair = part.split("=", 2);
            var name = pair[0].strip();
            if (!seen.add(name)
                    || !isAcceptable(name, pair.length < 2 ? null : ListField.withoutQuotes(pair[1].strip()))) {
                return false;
            }
        }
        return parts[0].strip().equals(NAME);
    }

    private static boolean isAcceptable(String parameter, @Nullable String value) {
        return switch (parameter) {
            case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value == null;
            case SERVER_WINDOW -> LARGEST_WINDOW.equals(value);
            case CLIENT_WINDOW -> value == null || value.matches("[89]|1[0-5]");
            default -> false;
        };
    }

    /** @param maxMessage the size limit of an inflated message, in bytes */
    static void install(ChannelPipeline pipeline, int maxMessage) {
        pipeline.addBefore("handler", "websocket-inflater", new MessageInflater(maxMessage));
        pipeline.addBefore("handler", "websocket-pace", new Pace());
        pipeline.addBefore("handler", "websocket-deflater", new MessageDeflater());
    }

    /**
     * One read of a few kilobytes may hold messages of megabytes. Therefore Vert.x is asked after every 64 KiB whether it
     * wants more. Frames that it does not want yet wait, still compressed, in the handler before.
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
