package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.config.ConfigException;
import io.colonnade.dns.ZoneConfig;
import io.colonnade.dns.ZoneException;
import io.colonnade.node.lane.Parts;
import io.colonnade.node.reload.ConfigChange;
import io.colonnade.node.reload.ConfigWatch;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.telemetry.Logging;
import java.util.List;

/** Applies new settings to the parts of the running node. */
final class Reconfiguration implements ConfigWatch.Applying {
    private final String name;
    private final Cluster cluster;
    private final SiteAnnouncement announcement;
    private final Parts parts;
    private final Draining draining;

    /** @param name the name of the node */
    Reconfiguration(String name, Cluster cluster, SiteAnnouncement announcement, Parts parts, Draining draining) {
        this.name = name;
        this.cluster = cluster;
        this.announcement = announcement;
        this.parts = parts;
        this.draining = draining;
    }

    /** @throws ConfigException if the zones cannot be used; no setting has been applied then */
    @Override
    public void apply(ConfigChange change, NodeConfig wanted) {
        if (change.has("dns.zones")) {
            replaceZones(wanted.dns().zones());
        }
        if (change.has("log-format") || change.has("log-level")) {
            Logging.configure(wanted.logFormat(), wanted.logLevel(), name);
        }
        if (change.has("weight")) {
            cluster.announceWeight(wanted.weight());
        }
        if (change.has("drain-timeout")) {
            draining.timeLimit(wanted.drainTimeout());
        }
        if (change.has("sites")) {
            parts.routing().configure(wanted.sites());
            announcement.configure(wanted.sites());
        }
        if (change.has("routing")) {
            parts.routing().configure(wanted.routing());
        }
        if (change.has("balancer")) {
            parts.tiers().publicPort().ifPresent(port -> port.configure(wanted.balancer()));
            parts.tiers()
                    .app()
                    .ifPresent(
                            tier -> tier.pingWebSocketsAfter(wanted.balancer().websocketPing()));
        }
    }

    private void replaceZones(List<ZoneConfig> zones) {
        try {
            parts.tiers().dns().ifPresent(dns -> dns.replaceZones(zones));
        } catch (ZoneException unusable) {
            throw new ConfigException(List.of(String.valueOf(unusable.getMessage())));
        }
    }
}
