package io.colonnade.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps what a client sent right behind its request for an upgrade. It is still in the HTTP decoder when Vert.x takes that away,
 * and would go to a handler that drops it.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {
    private final Queue<ByteBuf> held = new ArrayDeque<>();

    private EarlyBytes() {}

    /** Holds until the answer is run, which passes on what was held. Nothing is early on a connection that ends at another node. */
    static Runnable hold(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase own)) {
            return () -> {};
        }
        var pipeline = own.channel().pipeline();
        var early = new EarlyBytes();
        pipeline.addBefore("handler", "early", early);
        return () -> pipeline.remove(early);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            held.add(bytes);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (!held.isEmpty()) {
            held.forEach(ctx::fireChannelRead);
            ctx.fireChannelReadComplete();
        }
    }
}
