package io.colonnade.core;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/**
 * Tries whether this process may have a port, without ever listening there. The answer holds for the moment only: whoever opens the
 * port later has to be ready for a refusal. So a node can refuse to start before it has started anything.
 */
public final class BindTrial {
    private BindTrial() {}

    /**
     * Throws what the system says if a TCP port cannot be listened on.
     *
     * @param shared whether it is enough that the port can be shared with others who share it (SO_REUSEPORT)
     */
    public static void tcp(Address address, boolean shared) throws IOException {
        var host = InetAddress.getByName(address.host());
        try (var socket = SocketChannel.open(family(host))) {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared && socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            socket.bind(new InetSocketAddress(host, address.port()));
        }
    }

    /** Throws what the system says if a UDP port cannot be had. */
    public static void udp(Address address) throws IOException {
        var host = InetAddress.getByName(address.host());
        try (var socket = DatagramChannel.open(family(host))) {
            socket.bind(new InetSocketAddress(host, address.port()));
        }
    }

    private static StandardProtocolFamily family(InetAddress host) {
        return host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    /** What to add to a refusal of this port; empty for most ports. */
    public static String hint(int port) {
        return port > 0 && port < 1024 ? "; ports below 1024 need CAP_NET_BIND_SERVICE" : "";
    }
}
