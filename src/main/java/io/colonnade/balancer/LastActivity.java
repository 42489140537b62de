package io.colonnade.balancer;

import io.netty.channel.Channel;

/**
 * When a byte last moved on a channel, either way. What was written and not sent is looked at when that is asked for, as a slow
 * reader takes bytes without anything being written.
 */
final class LastActivity {
    private final Channel channel;
    private long last;
    private long unsent;

    LastActivity(Channel channel, long now) {
        this.channel = channel;
        this.last = now;
    }

    /** Something was read or written. */
    void moved(long now) {
        last = now;
    }

    /** The instant as far as it is known without a look at what a client has taken since. */
    long known() {
        return last;
    }

    /** For how many nanoseconds nothing has moved. */
    long silence(long now) {
        return now - last(now);
    }

    /** The instant, at the latest {@code now}; on the event loop. */
    long last(long now) {
        var buffer = channel.unsafe().outboundBuffer();
        var left = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        if (left != unsent) {
            unsent = left;
            last = now;
        }
        return last;
    }
}
