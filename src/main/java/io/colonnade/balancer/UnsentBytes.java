package io.colonnade.balancer;

import io.netty.channel.Channel;

/** What has been written to a channel and not been sent: a slow reader takes bytes without anything being written. */
final class UnsentBytes {
    private final Channel channel;
    private long seen;

    UnsentBytes(Channel channel) {
        this.channel = channel;
    }

    /** Whether there are more or fewer than at the last call; on the event loop. */
    boolean changed() {
        var buffer = channel.unsafe().outboundBuffer();
        var now = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        var before = seen;
        seen = now;
        return now != before;
    }
}
