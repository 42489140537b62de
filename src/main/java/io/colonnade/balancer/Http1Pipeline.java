package io.colonnade.balancer;

import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/** Puts an {@link Http1Connection} into the Netty pipeline of a connection of Vert.x, and finds it there. */
final class Http1Pipeline {
    private static final AttributeKey<Http1Connection> KEY =
            AttributeKey.valueOf(Http1Pipeline.class, "http1-connection");

    private Http1Pipeline() {}

    /**
     * Takes a connection that was accepted. Its client may stop sending and still read.
     *
     * @param parser limits of heads that are newer than the server's; null if there are none
     */
    static void attach(ConnectionLane lane, HttpConnection accepted, @Nullable HttpServerOptions parser) {
        var channel = ((ConnectionBase) accepted).channel();
        var heads = new HeadWatch();
        var connection = new Http1Connection(lane, channel, Peer.of(channel, accepted.isSsl()), heads);
        channel.attr(KEY).set(connection);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addFirst(heads).addBefore("handler", "connection", connection);
        if (parser != null) {
            channel.pipeline().replace("httpDecoder", "httpDecoder", new VertxHttpRequestDecoder(parser));
        }
        lane.add(connection);
    }

    /** The connection that the request came by. */
    static Http1Connection connectionOf(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().attr(KEY).get();
    }
}
