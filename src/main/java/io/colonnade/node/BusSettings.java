package io.colonnade.node;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.StartException;
import io.colonnade.security.NodeCertificate;
import io.colonnade.security.Secrets;
import io.vertx.core.eventbus.EventBusOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the event bus of a node connects to the other members. */
final class BusSettings {
    private static final Logger log = LoggerFactory.getLogger(BusSettings.class);
    private static final int PING_MILLIS = 1_000;

    /** A connection that a cut link leaves behind is given up as soon as its member is given up. */
    private static final int PONG_MILLIS = 2_000;

    private static final int CONNECT_MILLIS = 2_000;

    private BusSettings() {}

    /** @param clusterPort this node's own, by which nodes that start at once on a machine begin with different ports of the range */
    static EventBusOptions of(NodeConfig config, Secrets secrets, int clusterPort) {
        return (config.transport().encrypt() ? encrypted(secrets) : plain())
                .setHost(config.bind())
                .setPort(port(config, clusterPort))
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PONG_MILLIS)
                .setConnectTimeout(CONNECT_MILLIS);
    }

    private static int port(NodeConfig config, int clusterPort) {
        var ports = config.transport().ports();
        return ports.isAny()
                ? EventBusOptions.DEFAULT_CLUSTER_PORT
                : ports.from(clusterPort)
                        .filter(port -> PortRange.isFree(new Address(config.bind(), port)))
                        .findFirst()
                        .orElseThrow(() -> new StartException("none of transport.ports, " + ports + ", is free at "
                                + config.bind() + "; the event bus needs one of them"));
    }

    private static EventBusOptions encrypted(Secrets secrets) {
        return NodeCertificate.of(secrets).secure(new EventBusOptions());
    }

    private static EventBusOptions plain() {
        log.warn("transport.encrypt is false: anyone who reaches this node's event bus can read and send exchanges");
        return new EventBusOptions();
    }
}
