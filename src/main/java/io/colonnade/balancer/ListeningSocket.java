package io.colonnade.balancer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;

/**
 * Closes only the listening socket of a server. {@code HttpServer.shutdown} and {@code close} cut idle connections too, and
 * take the event loops from the acceptor before the socket closes, so that what is accepted in between is lost. Vert.x
 * has no way to the socket: hence the three private fields, here and nowhere else.
 */
final class ListeningSocket {
    /** Longer than the way to almost every client and back, shorter than the second after which a client asks again. */
    private static final long HANDSHAKES_MILLIS = 250;

    private static final String WATCH = "colonnade-accept-limit";

    private ListeningSocket() {}

    /**
     * Closes the socket after a moment in which it hears of no new connections and accepts those that are being made; none of them is
     * reset. Completes when that is done; the connections go on. All servers on the port in this process share the socket.
     */
    static Future<Void> close(HttpServer server) {
        return channel(server).compose(ListeningSocket::close);
    }

    /** Has the handler see each connection that the socket accepts; it must be sharable, and is added once. */
    static Future<Void> watch(HttpServer server, ChannelHandler handler) {
        return channel(server)
                .onSuccess(channel -> channel.eventLoop().execute(() -> {
                    if (channel.pipeline().get(WATCH) == null) {
                        channel.pipeline().addFirst(WATCH, handler);
                    }
                }))
                .mapEmpty();
    }

    private static Future<Channel> channel(HttpServer server) {
        try {
            var netServer = field(server, "tcpServer");
            return ((Future<?>) field(field(netServer, "actualServer"), "bindFuture")).map(Channel.class::cast);
        } catch (ReflectiveOperationException otherVersion) {
            return Future.failedFuture(otherVersion);
        }
    }

    private static Future<Void> close(Channel channel) {
        if (!channel.isOpen()) {
            return Future.succeededFuture();
        }
        var closed = Promise.<Void>promise();
        var handshakes = SynFilter.set(channel) ? HANDSHAKES_MILLIS : 0;
        channel.eventLoop()
                .schedule(() -> true, handshakes, TimeUnit.MILLISECONDS)
                .addListener(due -> channel.close().addListener(done -> closed.complete()));
        return closed.future();
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        var field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
