package io.colonnade.store.backup;

import io.colonnade.core.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;

/** Copies the schemas of all sites into a file while sites use them, each as it is at one instant. */
record Backup(DatabaseClient client, Clock clock, Consumer<String> progress) {

    /**
     * Writes the file, which only its owner can read; it is complete or does not exist.
     *
     * @throws IOException if the file exists already, or cannot be written
     */
    void to(Path file) throws IOException, SQLException, InterruptedException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; name a file that is not");
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            write(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        progress.accept(file + ": " + Counted.megabytes(Files.size(file)));
    }

    private void write(Path part) throws IOException, SQLException, InterruptedException {
        var onlyTheOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var connection = client.connect();
                var channel = FileChannel.open(part, options, onlyTheOwner)) {
            var catalog = new Catalog(connection);
            var schemas = catalog.schemas();
            for (var schema : schemas) {
                catalog.holdOffMigrations(schema);
            }
            BackupFile.write(Channels.newOutputStream(channel), catalog.version(), clock.now(), schemas, this::copy);
        }
        sync(part);
    }

    private void copy(String schema, OutputStream statements) throws IOException, InterruptedException {
        var counted = Counted.output(statements, schema + ": ", clock, progress);
        client.dump(schema, counted);
        counted.flush();
        progress.accept(schema + ": copied");
    }

    private static void sync(Path file) throws IOException {
        try (var written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }
}
