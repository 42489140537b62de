package io.colonnade.store.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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
     * A Galera cluster of MariaDB servers that the nodes with the role {@code db} run, one each.
     *
     * @param folder of this node alone; the server's is {@code database/} in it
     * @param node this node's name
     * @param address of this node for the others, at which its server listens
     * @param hosts whether this node runs a server, which is the role {@code db}
     * @param nodes the names of the nodes that are here now; on any thread
     * @param accounts who may sign in: one for each secret of the cluster, the one that is used first
     * @param keys what the servers have to show one another
     */
    record Galera(
            Path folder,
            String node,
            String address,
            boolean hosts,
            Supplier<Set<String>> nodes,
            List<Account> accounts,
            Keys keys)
            implements Database {}

    /** Who signs in to a server that the nodes run. */
    record Account(String user, String password) {
        /** How the names of all of them begin. */
        public static final String PREFIX = "colonnade_";

        /** Not the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /** PEM texts for mutual TLS: a certificate with its key, and the authorities that are accepted. */
    record Keys(String certificate, String privateKey, String authorities) {
        /** Not the key. */
        @Override
        public String toString() {
            return certificate;
        }
    }

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
