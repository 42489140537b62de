package io.colonnade.it.database;

import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A temporary directory that servers of another user may have theirs in. */
final class ServerFolder {
    private static final String ACCOUNTS =
            """
            FLUSH PRIVILEGES;
            CREATE USER ground@'127.0.0.1' IDENTIFIED BY 'ground';
            GRANT ALL ON *.* TO ground@'127.0.0.1' WITH GRANT OPTION;
            CREATE USER board@'127.0.0.1' IDENTIFIED BY 'secret';
            GRANT SLAVE MONITOR, BINLOG MONITOR, PROCESS ON *.* TO board@'127.0.0.1';
            GRANT ALL ON `board`.* TO board@'127.0.0.1';
            GRANT ALL ON `board\\_%`.* TO board@'127.0.0.1';
            CREATE DATABASE board CHARACTER SET utf8mb4;
            """;

    private static @Nullable Path template;

    private ServerFolder() {}

    static Path create() throws IOException {
        var folder = Files.createTempDirectory("colonnade-db");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** Makes a data directory with the accounts that {@link MariaDb} names; only the first takes seconds. */
    static void install(Path data) throws IOException {
        Processes.run("cp", "-a", template().toString(), data.toString());
    }

    private static synchronized Path template() throws IOException {
        var present = template;
        if (present == null) {
            var folder = create();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            present = folder.resolve("data");
            makeTemplate(folder, present);
            template = present;
        }
        return present;
    }

    private static void makeTemplate(Path folder, Path data) throws IOException {
        var accounts = Files.writeString(folder.resolve("accounts.sql"), ACCOUNTS);
        var command = new ArrayList<>(List.of(Packages.INSTALLER.toString(), "--no-defaults"));
        command.addAll(Packages.userOption());
        command.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"));
        command.addAll(List.of("--datadir=" + data, "--extra-file=" + accounts, temporaryIn(data)));
        command.addAll(MariaDb.SMALL);
        var log = folder.resolve("log.txt");
        var installer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!installer.waitFor(1, TimeUnit.MINUTES) || installer.exitValue() != 0) {
                throw new AssertionError(Files.readString(log));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** A server that starts removes what others have in the system's directory for temporary files. */
    static String temporaryIn(Path data) {
        return "--tmpdir=" + data;
    }

    static void delete(Path folder) {
        Processes.run("rm", "-rf", folder.toString());
    }
}
