package io.colonnade.node;

import io.colonnade.node.settings.NodeConfig;
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

    static EventBusOptions of(NodeConfig config, Secrets secrets) {
        return (config.transport().encrypt() ? encrypted(secrets) : plain())
                .setHost(config.bind())
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PONG_MILLIS)
                .setConnectTimeout(CONNECT_MILLIS);
    }

    private static EventBusOptions encrypted(Secrets secrets) {
        return NodeCertificate.of(secrets).secure(new EventBusOptions());
    }

    private static EventBusOptions plain() {
        log.warn("transport.encrypt is false: anyone who reaches this node's event bus can read and send exchanges");
        return new EventBusOptions();
    }
}
