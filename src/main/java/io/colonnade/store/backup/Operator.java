package io.colonnade.store.backup;

import io.colonnade.core.Clock;
import io.colonnade.store.galera.MemberDirectory;
import io.colonnade.store.galera.MemberSession;
import io.colonnade.store.galera.SystemPackages;
import io.colonnade.store.mariadb.Binaries;
import io.colonnade.store.mariadb.DatabaseDirectory;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an operator does with the database that a data directory holds, while nodes use it or not. On Linux x86-64 with the client programs of the jar, elsewhere with
 * installed ones. Everything here blocks.
 */
public final class Operator {
    private final DatabaseDirectory directory;
    private final Server server;
    private final Programs programs;

    private interface Programs {
        Binaries find() throws IOException, InterruptedException;
    }

    private Operator(DatabaseDirectory directory, Server server, Programs programs) {
        this.directory = directory;
        this.server = server;
        this.programs = programs;
    }

    /**
     * The operator of the database that runs on the data of a node.
     *
     * @param nodeData the node's data directory
     * @throws IOException if it holds no database, or that does not run; the message says what to do
     */
    public static Operator of(Path nodeData) throws IOException {
        var directory =
                new DatabaseDirectory(nodeData.toAbsolutePath().normalize().resolve("database"));
        var server = directory
                .server()
                .orElseThrow(
                        () -> new IOException(
                                nodeData
                                        + " holds no embedded database; name its data directory with --data, on the machine that has it"));
        if (!Files.isReadable(directory.root()) || !ServerProcess.accepts(server.address())) {
            throw new IOException("the database in " + directory.root() + " does not run; start a node first");
        }
        return new Operator(directory, server, () -> Binaries.find(directory.root()));
    }

    /**
     * The operator of the Galera cluster that the server of a node is a member of.
     *
     * @param nodeFolder the node's own folder
     * @param account of the cluster's secret
     * @throws IOException if there is no such server, or it does not run; the message says what to do
     */
    public static Operator ofGalera(Path nodeFolder, Database.Account account) throws IOException {
        var directory = galera(nodeFolder);
        var kept = directory.kept().orElseThrow(() -> noGalera(nodeFolder));
        if (!ServerProcess.accepts(kept.address())) {
            throw new IOException(
                    "the Galera server in " + directory.files().root() + " does not run; start its node first");
        }
        var server = new Server(kept.identity(), kept.address(), account.user(), account.password());
        return new Operator(
                directory.files(), server, () -> SystemPackages.find().binaries());
    }

    /**
     * Says that the Galera server of a node begins the cluster with the data it has, though others may have more: for when those
     * are lost. Its node does so as soon as no other server that it sees is in a cluster that can decide.
     *
     * @param account of the cluster's secret
     * @throws IOException if the node has no such server, or that one is in a cluster that can decide
     */
    public static void bootstrap(Path nodeFolder, Database.Account account) throws IOException, SQLException {
        var directory = galera(nodeFolder);
        var kept = directory.kept().orElseThrow(() -> noGalera(nodeFolder));
        if (!directory.state().hasData()) {
            throw noGalera(nodeFolder);
        }
        try (var session = MemberSession.open(kept.address(), List.of(account)).orElse(null)) {
            if (session != null && session.view().primary()) {
                throw new IOException("the Galera server in "
                        + directory.files().root() + " is in a cluster that has a majority; there is nothing to begin");
            }
        }
        directory.choose();
    }

    private static MemberDirectory galera(Path nodeFolder) {
        return new MemberDirectory(
                new DatabaseDirectory(nodeFolder.toAbsolutePath().normalize().resolve("database")));
    }

    private static IOException noGalera(Path nodeFolder) {
        return new IOException(
                nodeFolder
                        + " holds no data of a Galera cluster; name a node of this machine that does with --name, and its data directory with --data");
    }

    /**
     * Copies the schemas of all sites into a new file, each as it is at one instant, while they are in use.
     *
     * @param progress is told in lines what goes on, once a second at most
     */
    public void backup(Path file, Consumer<String> progress) throws IOException, SQLException, InterruptedException {
        try (var client = client()) {
            new Backup(client, Clock.system(), progress).to(file.toAbsolutePath());
        }
    }

    /** Puts the schemas in the file back, all or none of them, while sites use them. Sites that the file does not have stay as they are. */
    public void restore(Path file, Consumer<String> progress) throws IOException, SQLException, InterruptedException {
        try (var client = client()) {
            new Restore(client, Clock.system(), progress).from(file);
        }
    }

    /** Opens MariaDB's client on the terminal, with all rights; gives its exit code. */
    public int shell() throws IOException, InterruptedException {
        try (var client = client()) {
            return client.shell();
        }
    }

    private DatabaseClient client() throws IOException, InterruptedException {
        return DatabaseClient.open(programs.find(), server, directory.root());
    }
}
