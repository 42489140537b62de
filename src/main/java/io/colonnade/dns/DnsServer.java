package io.colonnade.dns;

import io.colonnade.config.Port;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The sockets, UDP and TCP on one port, and the thread that answers on all of them. It is not a lane's thread, so that a site that
 * blocks its lane does not delay names, and a flood of queries does not delay the lanes.
 */
final class DnsServer {
    private static final int TRIES = 100;

    /** The number of datagrams that one system call reads, with epoll. */
    private static final int AT_ONCE = 32;

    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int FRAME = 65535;
    private static final long CLOSE_SECONDS = 2;

    private final DnsConfig config;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("colonnade-dns", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(loop.next());
    private final ChannelGroup sockets = new DefaultChannelGroup(loop.next());
    private final UdpHandler udp;
    private final Supplier<TcpHandler> tcp;

    DnsServer(DnsConfig config, String node, Supplier<Zones> zones, DnsFigures figures, Clock clock) {
        this.config = config;
        var responder = new Responder(zones, config, node, figures, clock);
        var defects = new DefectLog(clock);
        var transfers = new Transfers(zones, Networks.parse(config.allowTransfer()), figures);
        udp = new UdpHandler(responder, figures, defects);
        var out = new byte[FRAME];
        tcp = () -> new TcpHandler(responder, transfers, figures, defects, out);
    }

    /**
     * Listens on all these addresses, on one port. If any free port will do, another is tried when one is free for UDP but not for
     * TCP. Blocks.
     *
     * @throws ListenException if a socket cannot be opened; its message says what to do
     */
    Address listen(List<String> addresses, Port port) {
        var free = port.number() == 0;
        for (var tries = port.orNext() || free ? TRIES : 1; ; tries--, port = free ? port : port.next()) {
            try {
                return new Address(addresses.get(0), listen(addresses, port.number()));
            } catch (ListenException taken) {
                sockets.close().syncUninterruptibly();
                if (tries == 1) {
                    throw taken;
                }
            }
        }
    }

    /** Stops, after the queries that are being answered. Blocks for up to 6 s. */
    void close() {
        sockets.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private int listen(List<String> addresses, int wanted) {
        var port = wanted;
        for (var address : addresses) {
            var local = open(datagrams().bind(address, port), address, port);
            port = ((InetSocketAddress) local.localAddress()).getPort();
            open(connections().bind(address, port), address, port);
        }
        return port;
    }

    private Channel open(ChannelFuture binding, String address, int port) {
        binding.awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw ListenException.refused(new Address(address, port), binding.cause());
        }
        sockets.add(binding.channel());
        return binding.channel();
    }

    private Bootstrap datagrams() {
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(UdpHandler.LARGEST * (epoll ? AT_ONCE : 1)))
                .handler(udp);
        return epoll ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, UdpHandler.LARGEST) : bootstrap;
    }

    private ServerBootstrap connections() {
        return new ServerBootstrap()
                .group(loop)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection);
                    }
                });
    }

    /** The time limit is behind the decoder, so that only whole queries count as something said. */
    private void accept(Channel connection) {
        if (connections.size() >= config.tcpConnections()) {
            var unused = connection.close();
            return;
        }
        connections.add(connection);
        connection
                .pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(2 + FRAME, 0, 2, 0, 2))
                .addLast(new IdleStateHandler(config.tcpIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(tcp.get());
    }
}
