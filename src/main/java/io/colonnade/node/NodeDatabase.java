package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.node.settings.DatabasePassword;
import io.colonnade.store.Store;
import io.colonnade.store.server.Database;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;

/** The database that the settings of a node name. */
final class NodeDatabase {
    private NodeDatabase() {}

    /** The store on top of that database, not started yet. */
    static Store open(Prepared node, Cluster cluster, Vertx vertx) {
        var registry = cluster.map("colonnade.database", Duration.ZERO);
        return Store.open(vertx, node.config().store(), of(node, cluster), registry, Clock.system());
    }

    private static Database of(Prepared node, Cluster cluster) {
        var config = node.config();
        if (config.database().isGalera()) {
            return OwnGalera.of(config, node.folder(), node.secrets(), cluster);
        }
        return config.database().isEmbedded()
                ? new Database.Embedded(
                        Path.of(config.data()),
                        node.name(),
                        config.bind(),
                        config.roles().contains(Role.DB),
                        config.transport().ports())
                : new Database.External(config.database(), DatabasePassword.of(config));
    }
}
