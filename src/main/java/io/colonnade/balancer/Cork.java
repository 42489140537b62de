package io.colonnade.balancer;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;

/**
 * Has the head of a response leave with the first bytes of the file behind it ({@code TCP_CORK}). As a segment of its own it keeps the
 * client's kernel from opening the receive window, so that a large file waits for the client most of the time. Without effect
 * where there is no epoll.
 */
final class Cork {
    private final Channel channel;
    private boolean in;

    Cork(Channel channel) {
        this.channel = channel;
    }

    /** From now on only full segments leave. */
    void put() {
        if (!in) {
            set(true);
        }
    }

    /** What is left leaves. */
    void pull() {
        if (in) {
            set(false);
        }
    }

    private void set(boolean on) {
        in = on;
        if (channel.isOpen()) {
            channel.config().setOption(EpollChannelOption.TCP_CORK, on);
        }
    }
}
