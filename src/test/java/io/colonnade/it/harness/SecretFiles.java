package io.colonnade.it.harness;

import static java.util.stream.Collectors.joining;

import io.colonnade.security.ClusterSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** Writes secrets as an operator does. */
public final class SecretFiles {
    private SecretFiles() {}

    /** Creates the file, or replaces it in one step. */
    public static Path write(Path file, ClusterSecret... secrets) throws IOException {
        var onlyForOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = Files.createTempFile(file.getParent(), "secret", "", onlyForOwner);
        Files.writeString(draft, Arrays.stream(secrets).map(ClusterSecret::text).collect(joining("\n")));
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
