package io.colonnade.cluster;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;
import io.colonnade.security.Party;
import io.colonnade.security.Secrets;

/**
 * Hazelcast's open-source edition with the hook that its paid edition has for authentication: a {@link HandshakeInterceptor} at
 * its sockets.
 */
final class GuardedNode extends DefaultNodeContext {
    private final LocalNode self;
    private final Secrets secrets;
    private final Admission admission;

    GuardedNode(LocalNode self, Secrets secrets, Admission admission) {
        this.self = self;
        this.secrets = secrets;
        this.admission = admission;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        admission.onDenied(() -> endJoining(node));
        var interceptor =
                new HandshakeInterceptor(() -> party(node), admission, socket -> AcceptedChannels.forget(node, socket));
        return new DefaultNodeExtension(node) {
            @Override
            public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier qualifier) {
                return interceptor;
            }
        };
    }

    /**
     * Makes the node go on alone. Hazelcast by itself would try for minutes where some members let the node in and others, which
     * those name as the oldest, do not.
     */
    private static void endJoining(Node node) {
        var cluster = node.getClusterService();
        if (!cluster.isJoined()) {
            cluster.getClusterJoinManager().setThisMemberAsMaster();
        }
    }

    private Party party(Node node) {
        var cluster = node.getClusterService();
        var protocols =
                cluster.getMembers().stream().mapToInt(ListedMember::protocol).summaryStatistics();
        return new Party(
                self.cluster(),
                secrets,
                self.protocol(),
                Math.min(self.protocol(), protocols.getMin()),
                Math.max(self.protocol(), protocols.getMax()),
                cluster.isJoined() && (self.mayFound() || cluster.getSize() > 1));
    }
}
