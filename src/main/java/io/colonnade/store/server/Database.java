package io.colonnade.store.server;

import io.colonnade.core.PortRange;
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
     * @param node this node's name, which is recorded in the cluster when the node runs the server
     * @param address of this node as other nodes reach it; a server that this node runs listens there
     * @param hosts whether this node may run the server, which is the role {@code db}; a node without it uses the recorded server
     * @param ports of which the server takes one
     */
    record Embedded(Path data, String node, String address, boolean hosts, PortRange ports) implements Database {}

    /**
     * A Galera cluster of MariaDB servers that the nodes with the role {@code db} run, one each.
     *
     * @param folder of this node alone; its server uses {@code database/} in it
     * @param node this node's name
     * @param address of this node as other nodes reach it; its server listens there
     * @param hosts whether this node runs a server, which is the role {@code db}
     * @param ports of which its server takes four
     * @param nodes the names of the nodes that are here now; on any thread
     * @param accounts that may sign in: one for each secret of the cluster; the first is the one that this node uses
     * @param keys with which the servers authenticate one another
     */
    record Galera(
            Path folder,
            String node,
            String address,
            boolean hosts,
            PortRange ports,
            Supplier<Set<String>> nodes,
            List<Account> accounts,
            Keys keys)
            implements Database {}

    /** An account on a server that the nodes run. */
    record Account(String user, String password) {
        /** The start of every account's name. */
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
     * Servers that the user runs.
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
