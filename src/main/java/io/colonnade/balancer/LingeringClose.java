package io.colonnade.balancer;

import io.netty.buffer.ByteBufHolder;
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
    /** How long nothing may be read or written until the connection is closed. */
    static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How long a client is let go on at most that does not read, or sends on and on; nginx's lingering_time is the same. */
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** After so long a client that sends on must do so at {@link BalancerConfig#minRate}. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Channel channel;
    private final BodyPace pace = new BodyPace(GRACE_NANOS);
    private long begun;
    private long bytes;
    private boolean sent;

    LingeringClose(Channel channel) {
        this.channel = channel;
    }

    /** Stops sending once all is sent. */
    void begin(@Nullable ChannelHandlerContext context, long now) {
        begun = now;
        pace.begin(now);
        channel.config().setAutoRead(true);
        if (context != null) {
            channel.eventLoop().execute(() -> sendRest(context));
        }
    }

    /**
     * Whether the connection is to be closed now.
     *
     * @param leastRate bytes in a second; 0 for none
     */
    boolean isOver(long now, long lastActivity, long leastRate) {
        return now - lastActivity > NANOS || now - begun > LONGEST_NANOS || pace.isTooSlow(now, sent, bytes, leastRate);
    }

    /** Drops what the client sends on. */
    void drop(Object message) {
        if (message instanceof ByteBufHolder content) {
            bytes += content.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
    }

    /** Whether some of the last response has not left yet. */
    boolean isSending() {
        return !sent;
    }

    /** Drops what is still written to the client. */
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
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> stop(context));
    }

    /** A client that has stopped sending waits for nothing more. */
    private void stop(ChannelHandlerContext context) {
        sent = true;
        if (((DuplexChannel) channel).isInputShutdown()) {
            context.close();
        } else {
            ((DuplexChannel) channel).shutdownOutput();
        }
    }
}
