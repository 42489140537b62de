package io.colonnade.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** Ports that are free for cluster traffic, so that tests find no other cluster; and a cluster that notices a silence soon. */
final class FreeClusterPorts {
    private FreeClusterPorts() {}

    /** A configuration whose ports begin with a free one. */
    static ClusterConfig config() throws IOException {
        return at(any());
    }

    private static ClusterConfig at(int firstPort) {
        var defaults = ClusterConfig.DEFAULTS;
        return new ClusterConfig(
                firstPort,
                10,
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                defaults.lostAfter(),
                Duration.ofSeconds(5),
                defaults.leaveTimeLimit());
    }

    static int any() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() < 65000 ? socket.getLocalPort() : any();
        }
    }

    /** A free port next to that of the only member. */
    static int nextTo(int port) throws IOException {
        try (var socket = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return nextTo(port + 1);
        }
    }
}
