package io.colonnade.node.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The password of a node's {@code mysql://} database. */
public final class DatabasePassword {
    private DatabasePassword() {}

    /**
     * The configured password, else the first line of the file, else nothing; blocks on the disk.
     *
     * @throws StartException if the file cannot be read
     */
    public static String of(NodeConfig config) {
        var file = config.databasePasswordFile();
        if (!config.databasePassword().isEmpty() || file.isEmpty()) {
            return config.databasePassword().value();
        }
        try (var lines = Files.lines(Path.of(file))) {
            return lines.findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new StartException(
                    "the password file " + file + " cannot be read (" + unreadable + "); see --database-password-file",
                    unreadable);
        }
    }
}
