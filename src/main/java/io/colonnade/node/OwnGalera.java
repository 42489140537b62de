package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.Member;
import io.colonnade.core.Role;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.NodeSecrets;
import io.colonnade.security.ClusterSecret;
import io.colonnade.security.NodeCertificate;
import io.colonnade.security.Secrets;
import io.colonnade.store.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A node's part in the Galera cluster that the nodes run themselves. All its passwords and keys are derived from the cluster's secret. */
public final class OwnGalera {
    private OwnGalera() {}

    static Database.Galera of(NodeConfig config, NodeFolder folder, Secrets secrets, Cluster cluster) {
        return new Database.Galera(
                folder.path(),
                folder.name(),
                config.bind(),
                config.roles().contains(Role.DB),
                config.transport().ports(),
                () -> present(cluster),
                accounts(secrets),
                keys(NodeCertificate.of(secrets)));
    }

    /** The account with which an operator signs in; blocks on the disk. */
    public static Database.Account account(NodeConfig config) {
        return accounts(NodeSecrets.of(config)).get(0);
    }

    /**
     * The folder of the named node, else the only folder in the data directory that has a Galera server.
     *
     * @throws IOException if there is no such folder, or several
     */
    public static Path folder(NodeConfig config) throws IOException {
        var nodes = Path.of(config.data()).resolve("nodes");
        if (!config.name().isEmpty()) {
            return nodes.resolve(config.name());
        }
        var found = NodeFolder.existing(nodes).stream()
                .filter(folder -> Files.isDirectory(folder.resolve("database")))
                .toList();
        if (found.size() != 1) {
            throw new IOException(nodes + " has " + found.size()
                    + " nodes with a Galera server; name one with --name, and its data directory with --data");
        }
        return found.get(0);
    }

    private static Set<String> present(Cluster cluster) {
        return cluster.snapshot().members().stream().map(Member::name).collect(Collectors.toSet());
    }

    /** One account for each secret. While the secret is being changed, nodes with either secret can sign in. */
    private static List<Database.Account> accounts(Secrets secrets) {
        return secrets.accepted().stream().map(OwnGalera::account).toList();
    }

    private static Database.Account account(ClusterSecret secret) {
        return new Database.Account(
                Database.Account.PREFIX + HexFormat.of().toHexDigits(secret.id()), secret.databasePassword());
    }

    private static Database.Keys keys(NodeCertificate certificate) {
        return new Database.Keys(
                certificate.certificate(), certificate.privateKey(), String.join("", certificate.authorities()));
    }
}
