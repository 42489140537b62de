package io.colonnade.balancer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many connections the listening socket may still accept. When there is no room it is read no more: what comes waits in the system's
 * queue, and costs nothing. Any thread.
 */
@Sharable
final class AcceptLimit extends ChannelInboundHandlerAdapter {
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean paused;
    private volatile @Nullable Channel listening;

    /** From now on so many more connections are accepted; none pauses, until there is room for as many as {@code resume}. */
    void room(long connections, long resume) {
        room.set(connections);
        if (connections <= 0) {
            pause(true);
        } else if (paused && connections >= resume) {
            pause(false);
        }
    }

    boolean isPaused() {
        return paused;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        listening = context.channel();
        context.channel().config().setAutoRead(!paused);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        if (room.decrementAndGet() <= 0) {
            pause(true);
        }
        context.fireChannelRead(connection);
    }

    private void pause(boolean now) {
        paused = now;
        var channel = listening;
        if (channel != null) {
            channel.config().setAutoRead(!now);
        }
    }
}
