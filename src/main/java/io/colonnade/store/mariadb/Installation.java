package io.colonnade.store.mariadb;

import io.colonnade.store.server.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's programs, its data and its arguments.
 *
 * @param user the user of the operating system that it runs as; empty for the node's own
 * @param bufferPool bytes of InnoDB's buffer pool
 */
public record Installation(DatabaseDirectory directory, Binaries binaries, String user, long bufferPool) {
    private static final Logger log = LoggerFactory.getLogger(Installation.class);

    /**
     * Creates the data directory with its system tables and our account; a crash leaves all of it or nothing. An existing one is upgraded.
     *
     * @throws IOException if the data cannot be used: another server runs on it, or it is from a newer one
     */
    public void install(Server server) throws IOException, InterruptedException {
        if (Files.isDirectory(directory.data())) {
            refuseIfInUse();
            upgrade();
            return;
        }
        var fresh = directory.root().resolve("data.new");
        FileTree.delete(fresh);
        Files.createDirectory(fresh);
        ServerUser.own(user, fresh);
        bootstrap(fresh, statements -> {
            statements.write(utf8("CREATE DATABASE mysql;\n"));
            write(statements, List.of("system_tables", "performance_tables", "system_tables_data"));
            statements.write(utf8(onlyOurUser(server)));
        });
        binaries.version().write(directory.version());
        Files.move(fresh, directory.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** InnoDB locks this file while it runs; a second server would wait 100 s for the lock before it reports that. */
    private void refuseIfInUse() throws IOException {
        try (var file = DirectoryLock.open(directory.data().resolve("ibdata1"))) {
            if (!file.tryExclusive()) {
                throw new IOException("the data in " + directory.data()
                        + " is in use by a server that was not started by Colonnade; end that one, "
                        + "or choose another directory with --data");
            }
        }
    }

    /**
     * Upgrades the system tables of an older server's data; an interrupted upgrade runs again at the next start.
     *
     * @throws IOException if the data is from a newer server
     */
    private void upgrade() throws IOException, InterruptedException {
        var present = binaries.version();
        var before = DataVersion.read(directory.version()).orElse(present);
        if (before.compareTo(present) > 0) {
            throw new IOException("the data in " + directory.data() + " is from MariaDB " + before
                    + ", and the server here is " + present
                    + ", which cannot read it; run the version of Colonnade that made it, or a newer one");
        }
        if (before.compareTo(present) < 0) {
            log.info("upgrading the database in {} from MariaDB {} to {}", directory.data(), before, present);
            bootstrap(
                    directory.data(), statements -> write(statements, List.of("system_tables", "performance_tables")));
        }
        present.write(directory.version());
    }

    /** The command that runs the server. */
    public List<String> command(Server server) {
        var command = arguments(directory.data());
        command.addAll(List.of(
                ServerProcess.hostArgument(server.address()),
                ServerProcess.portArgument(server.address()),
                "--skip-name-resolve",
                "--pid-file=" + directory.root().resolve("data/mariadbd.pid"),
                "--max-connections=1000",
                "--log-warnings=1",
                "--innodb-buffer-pool-size=" + bufferPool,
                "--innodb-flush-log-at-trx-commit=1",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
                "--default-time-zone=+00:00"));
        return command;
    }

    /** The statements that a server gets before it listens. */
    private interface Statements {
        void writeTo(OutputStream statements) throws IOException;
    }

    /** Runs statements in a server that does not listen, and which ends with the node. */
    private void bootstrap(Path data, Statements told) throws IOException, InterruptedException {
        var command = arguments(data);
        command.add("--bootstrap");
        var process = ChildProcess.of(command)
                .directory(directory.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                .start();
        try {
            try (var statements = process.getOutputStream()) {
                told.writeTo(statements);
            }
            if (process.waitFor() != 0) {
                throw new IOException("the system tables in " + data + " could not be made; see " + directory.log());
            }
        } finally {
            process.destroyForcibly(); // if the node stops while it installs
        }
    }

    /** The arguments that installing and running have in common. */
    private List<String> arguments(Path data) {
        var arguments = new ArrayList<String>();
        arguments.add(binaries.mariadbd().toString());
        arguments.add("--no-defaults");
        arguments.add(ServerProcess.dataArgument(data));
        arguments.add("--lc-messages-dir=" + binaries.share());
        arguments.add("--character-sets-dir=" + binaries.share().resolve("charsets"));
        arguments.add("--innodb-log-file-size=8M");
        arguments.add("--innodb-undo-tablespaces=0");
        // A certificate made at each start would cost 7 s.
        arguments.add("--skip-ssl");
        // No socket: its path may not be longer than 107 bytes, and nothing needs it.
        arguments.add("--socket=");
        if (!user.isEmpty()) {
            arguments.add("--user=" + user);
        }
        return arguments;
    }

    /** Writes the server's scripts, which do not change what exists. */
    private void write(OutputStream statements, List<String> scripts) throws IOException {
        statements.write(utf8("USE mysql;\n"));
        for (var script : scripts) {
            Files.copy(binaries.script(script), statements);
        }
    }

    /**
     * The scripts create accounts named root without a password, which are deleted. Our account may sign in from any host, as
     * nodes come and go; it is protected by its password, which only the cluster knows.
     */
    private static String onlyOurUser(Server server) {
        var account = "'%s'@'%%'".formatted(server.user());
        return """
                DELETE FROM global_priv WHERE User IN ('root', '');
                DELETE FROM proxies_priv;
                FLUSH PRIVILEGES;
                CREATE USER %s IDENTIFIED BY '%s';
                GRANT ALL PRIVILEGES ON *.* TO %s WITH GRANT OPTION;
                """
                .formatted(account, server.password(), account);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
