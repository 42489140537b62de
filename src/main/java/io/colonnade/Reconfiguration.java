package io.colonnade;

import io.colonnade.cluster.Cluster;
import io.colonnade.telemetry.Logging;

/** Has the parts of the running node take up new settings. */
final class Reconfiguration implements ConfigWatch.Applying {
    private final String name;
    private final Cluster cluster;
    private final NodeArchives archives;
    private final Parts parts;
    private final Draining draining;

    /** @param name the node's */
    Reconfiguration(String name, Cluster cluster, NodeArchives archives, Parts parts, Draining draining) {
        this.name = name;
        this.cluster = cluster;
        this.archives = archives;
        this.parts = parts;
        this.draining = draining;
    }

    @Override
    public void apply(ConfigChange change, NodeConfig wanted) {
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
            cluster.announceSites(archives.hosted(wanted.sites()));
        }
        if (change.has("balancer")) {
            parts.publicPort().ifPresent(port -> port.configure(wanted.balancer()));
        }
    }
}
