package io.colonnade.transport.tunnel;

import io.colonnade.core.Failure;
import io.colonnade.core.GoingAway;
import io.colonnade.transport.frame.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a tunnel: a Netty channel, on which Vert.x's own WebSockets and sockets run as on a client's connection. It reads
 * on demand, and holds back bytes that the tunnel has no room for, so that Netty's back-pressure applies.
 */
public final class TunnelChannel extends AbstractChannel implements Tunnel.End {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final InetSocketAddress client;
    private final InetSocketAddress local;
    private boolean open = true;
    private boolean readWanted;
    private @Nullable Tunnel tunnel;

    public TunnelChannel(RequestHead head) {
        super(null);
        client = new InetSocketAddress(head.client().host(), head.client().port());
        local = new InetSocketAddress(head.local().host(), head.local().port());
    }

    /** The upgrade is accepted: what is written from now on goes into the tunnel. */
    public void open(Tunnel accepted) {
        tunnel = accepted;
        accepted.connect(this);
        if (readWanted) {
            accepted.demand(1);
        }
    }

    @Override
    public void arrived(Buffer bytes) {
        readWanted = false;
        pipeline().fireChannelRead(((BufferInternal) bytes).getByteBuf());
        pipeline().fireChannelReadComplete();
    }

    @Override
    public void arrivedAll() {
        unsafe().close(voidPromise());
    }

    @Override
    public void drained() {
        unsafe().flush();
    }

    @Override
    public void failed(Failure failure) {
        arrivedAll();
    }

    @Override
    public void goAway() {
        GoingAway.close(this);
    }

    @Override
    protected void doBeginRead() {
        if (!readWanted) {
            readWanted = true;
            if (tunnel != null) {
                tunnel.demand(1);
            }
        }
    }

    /** Fails as writing to a closed connection does. Otherwise a site that writes as long as it can would never stop. */
    @Override
    protected void doWrite(ChannelOutboundBuffer pending) throws ClosedChannelException {
        if (tunnel != null && tunnel.ended()) {
            throw new ClosedChannelException();
        }
        while (tunnel != null && !tunnel.full() && pending.current() instanceof ByteBuf bytes) {
            tunnel.write(BufferInternal.buffer(Unpooled.copiedBuffer(bytes)));
            pending.remove();
        }
    }

    @Override
    protected void doClose() {
        open = false;
        if (tunnel != null) {
            tunnel.close();
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a tunnel is bound to no address");
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return client;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress from, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("a tunnel is connected already"));
            }
        };
    }
}
