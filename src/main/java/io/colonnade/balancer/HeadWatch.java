package io.colonnade.balancer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sees bytes before the decoder of HTTP/1 makes messages of them, so that a head that does not come to its end is noticed. */
final class HeadWatch extends ChannelInboundHandlerAdapter {
    private boolean bytesCame;
    private boolean decoded;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        bytesCame = true;
        ctx.fireChannelRead(bytes);
    }

    /** The decoder has made a message. */
    void decoded() {
        decoded = true;
    }

    /** Whether what came at a time was no message, but the beginning of one; asked once when all has been read. */
    boolean headBegins() {
        var begins = bytesCame && !decoded;
        bytesCame = false;
        decoded = false;
        return begins;
    }
}
