package io.colonnade.node.settings;

import io.colonnade.config.Settings;
import io.colonnade.core.Address;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/** This node's address for the other members. They are told this address, and cluster traffic is bound to it. */
public final class BindAddress {
    private static final String LOOPBACK = "127.0.0.1";

    private BindAddress() {}

    /** The same configuration with the address that {@code bind} stands for. */
    public static NodeConfig resolvedIn(NodeConfig config) {
        return Settings.of(config).set("bind", of(config), "--bind").bind();
    }

    /**
     * The configured address, else the one that routes to the first member to join, else loopback. May ask a name server.
     *
     * @throws StartException if the address is not one of this machine, or there is no route
     */
    static String of(NodeConfig config) {
        if (!config.bind().isEmpty()) {
            return own(config.bind());
        }
        return config.join().isEmpty() ? LOOPBACK : towards(config.join().get(0));
    }

    private static String own(String host) {
        try {
            var address = InetAddress.getByName(host);
            if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return address.getHostAddress();
            }
        } catch (IOException unknown) {
            throw new StartException("the address " + host + " is not known; see --bind", unknown);
        }
        throw new StartException("the address " + host + " is not an address of this machine; see --bind");
    }

    /** Connecting a datagram socket sends nothing: it asks the system for the route. */
    private static String towards(Address member) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(member.host()), member.port()));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException | RuntimeException unreachable) {
            throw new StartException(
                    "there is no route to " + member + " (" + unreachable.getMessage()
                            + "); see --join, or name this node's address with --bind",
                    unreachable);
        }
    }
}
