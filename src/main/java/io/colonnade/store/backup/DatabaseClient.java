package io.colonnade.store.backup;

import io.colonnade.store.mariadb.Binaries;
import io.colonnade.store.mariadb.ChildProcess;
import io.colonnade.store.migration.Schema;
import io.colonnade.store.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB's own client programs for one server. While the client is open, the password is in a file that only its owner can read. Every
 * method blocks.
 */
final class DatabaseClient implements AutoCloseable {
    private final Binaries binaries;
    private final Server server;
    private final Path options;

    private DatabaseClient(Binaries binaries, Server server, Path options) {
        this.binaries = binaries;
        this.server = server;
        this.options = options;
    }

    /** @param directory for the file with the password */
    static DatabaseClient open(Binaries binaries, Server server, Path directory) throws IOException {
        var options = Files.createTempFile(directory, "client-", ".cnf");
        Files.writeString(
                options,
                """
                [client]
                host=%s
                port=%d
                user=%s
                password=%s
                protocol=tcp
                skip-ssl
                default-character-set=utf8mb4
                max-allowed-packet=1G
                """
                        .formatted(server.address().host(), server.address().port(), server.user(), server.password()));
        return new DatabaseClient(binaries, server, options);
    }

    Connection connect() throws SQLException {
        return Schema.connect(server);
    }

    /** Writes the statements that create the schema's tables, as they are at one instant, and its other objects. */
    void dump(String schema, OutputStream statements) throws IOException, InterruptedException {
        var process = start("mariadb-dump", "--single-transaction", "--quick", "--routines", "--events", schema);
        try (var output = process.getInputStream()) {
            output.transferTo(statements);
            awaitSuccess(process, "the schema " + schema + " could not be copied");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs the statements of a dump in a schema, up to the first that fails. */
    void load(String schema, InputStream statements) throws IOException, InterruptedException {
        var process = start("mariadb", "--batch", schema);
        try {
            try (var input = process.getOutputStream()) {
                statements.transferTo(input);
            } catch (IOException programEnded) {
                // the program's error output says why
            }
            awaitSuccess(process, "the statements of the schema " + schema + " failed");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Opens the client on the terminal; returns its exit code. Statements, if there are any, are run without a question. */
    int shell(String statements) throws IOException, InterruptedException {
        var command = statements.isEmpty() ? command("mariadb") : command("mariadb", "--execute=" + statements);
        return ChildProcess.of(command).inheritIO().start().waitFor();
    }

    private static void awaitSuccess(Process process, String failure) throws IOException, InterruptedException {
        var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(failure + ": " + said);
        }
    }

    private Process start(String program, String... arguments) throws IOException {
        return ChildProcess.of(command(program, arguments)).start();
    }

    private List<String> command(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(binaries.client(program).toString(), "--defaults-file=" + options));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(options);
    }
}
