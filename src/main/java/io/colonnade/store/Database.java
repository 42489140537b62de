package io.colonnade.store;

import java.nio.file.Path;

/** Which database a node uses. */
public sealed interface Database {
    /**
     * A MariaDB server that the nodes run themselves, one for each cluster.
     *
     * @param data the node's data directory; the server's is {@code database/} in it
     * @param node this node's name, which the cluster is told when it runs the server
     * @param address of this node for the others, at which the server it runs listens
     * @param hosts whether this node may run it, which is the role {@code db}; a node that may not uses the one that another recorded
     */
    record Embedded(Path data, String node, String address, boolean hosts) implements Database {}

    /**
     * Servers of the user's.
     *
     * @param password empty if there is none
     */
    record External(DatabaseConfig config, String password) implements Database {
        @Override
        public String toString() {
            return "External[" + config.hosts() + "]";
        }
    }
}
