package io.colonnade.store.backup;

import io.colonnade.core.Clock;
import io.colonnade.store.galera.MemberDirectory;
import io.colonnade.store.galera.MemberSession;
import io.colonnade.store.galera.SystemPackages;
import io.colonnade.store.mariadb.Binaries;
import io.colonnade.store.mariadb.DatabaseDirectory;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.migration.Schema;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an operator does with the database of a data directory, whether nodes use it or not. On Linux x86-64 this uses the client
 * programs in the jar, elsewhere installed ones. Every method blocks.
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
     * @throws IOException if the directory holds no database, or if the database does not run; the message says what to do
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
     * @throws IOException if there is no such server, or if it does not run; the message says what to do
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
     * Lets the Galera server of a node begin the cluster with its own data, though others may have more; meant for when those others
     * are lost. The node does this as soon as it sees no other server in a cluster that can decide.
     *
     * @param account of the cluster's secret
     * @throws IOException if the node has no such server, or if the server is in a cluster that can decide
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
        return new IOException(nodeFolder
                + " holds no data of a Galera cluster; name a node of this machine that does with --name, "
                + "and its data directory with --data");
    }

    /**
     * Copies the schemas of all sites into a new file, each as it is at one instant, while sites use them.
     *
     * @param progress gets lines of text about the progress, at most one a second
     */
    public void backup(Path file, Consumer<String> progress) throws IOException, SQLException, InterruptedException {
        try (var client = client()) {
            new Backup(client, Clock.system(), progress).to(file.toAbsolutePath());
        }
    }

    /** Restores all schemas in the file, or none, while sites use them. Sites that are not in the file stay as they are. */
    public void restore(Path file, Consumer<String> progress) throws IOException, SQLException, InterruptedException {
        try (var client = client()) {
            new Restore(client, Clock.system(), progress).from(file);
        }
    }

    /**
     * Forgets that scripts of a site have failed, so that they run when a node starts the site again.
     *
     * @return how many scripts
     */
    public int repair(String site) throws SQLException {
        return new Schema(Schema.ON_OWN_SERVERS, site).forgetFailures(server);
    }

    /** Opens MariaDB's client on the terminal, with all privileges; returns its exit code. */
    public int shell(String statements) throws IOException, InterruptedException {
        try (var client = client()) {
            return client.shell(statements);
        }
    }

    private DatabaseClient client() throws IOException, InterruptedException {
        return DatabaseClient.open(programs.find(), server, directory.root());
    }
}
