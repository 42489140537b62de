package io.colonnade.cluster;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.networking.Channel;
import java.net.Socket;
import java.util.Set;

/**
 * The connections that Hazelcast has accepted and has not made connections of members yet. Hazelcast 5.7 forgets such a connection when
 * it becomes one of a member, and when a connect of its own fails, but not when its interceptor refuses it ({@code
 * TcpServerAcceptor.newConnection0}). So 2 KB of each refused connection would stay for ever, whoever made it.
 */
final class AcceptedChannels {
    private AcceptedChannels() {}

    /** Makes Hazelcast forget a connection that is refused. */
    static void forget(Node node, Socket socket) {
        of(node).removeIf(channel -> channel.socket() == socket);
    }

    @SuppressWarnings("unchecked")
    static Set<Channel> of(Node node) {
        var manager = node.getServer().getConnectionManager(EndpointQualifier.MEMBER);
        try {
            var field = manager.getClass().getSuperclass().getDeclaredField("acceptedChannels");
            field.setAccessible(true);
            return (Set<Channel>) field.get(manager);
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException("this version of Hazelcast has no acceptedChannels", otherVersion);
        }
    }
}
