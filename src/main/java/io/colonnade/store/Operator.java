package io.colonnade.store;

import io.colonnade.core.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * What an operator does with the database that a data directory holds, while nodes use it or not. On Linux x86-64 with the client programs of the jar, elsewhere with
 * installed ones. Everything here blocks.
 */
public final class Operator {
    private final DatabaseDirectory directory;
    private final Server server;

    private Operator(DatabaseDirectory directory, Server server) {
        this.directory = directory;
        this.server = server;
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
        return new Operator(directory, server);
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

    private Client client() throws IOException, InterruptedException {
        return Client.open(Binaries.find(directory.root()), server, directory.root());
    }
}
