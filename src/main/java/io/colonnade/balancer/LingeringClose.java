package io.colonnade.balancer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends as clients need it: after the last response it stops sending, and reads on for a moment, since closing with
 * unread bytes would make the kernel throw away what the client has not yet read (RFC 9112 section 9.6).
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty's writes: a connection that fails one is closed
final class LingeringClose {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Channel channel;
    private long since;

    LingeringClose(Channel channel) {
        this.channel = channel;
    }

    /** Stops sending once all is sent. */
    void begin(@Nullable ChannelHandlerContext context, long now) {
        since = now;
        channel.config().setAutoRead(true);
        if (context != null) {
            channel.eventLoop().execute(() -> sendRest(context));
        }
    }

    /** Notes that the client has sent or taken something. */
    void goesOn(long now) {
        since = now;
    }

    /** Whether the connection is to be closed now. */
    boolean isOver(long now) {
        return now - since > NANOS;
    }

    /** Drops what is still written. */
    void drop(Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.trySuccess();
    }

    /** Holds back a close that is asked for meanwhile: Vert.x closes right after a response it knows to be the last one. */
    boolean holdsBack(ChannelPromise promise) {
        if (channel.isActive()) {
            channel.closeFuture().addListener(closed -> promise.trySuccess());
            return true;
        }
        return false;
    }

    private void sendRest(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
    }
}
