package io.colonnade.store.mariadb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/**
 * The server's files as the jar carries them.
 *
 * @param zip the whole archive; some 10 MB, held only while the server is started
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BinariesArchive(byte[] zip) {
    /** The start of the directories' names. */
    static final String PREFIX = "server-";

    private static final String PROGRAMS = "bin/";

    static Optional<BinariesArchive> open() throws IOException {
        try (var resource = BinariesArchive.class.getResourceAsStream("mariadb-linux-x86_64.zip")) {
            return resource == null ? Optional.empty() : Optional.of(new BinariesArchive(resource.readAllBytes()));
        }
    }

    /** The directory with the files, created if it does not exist. Two nodes may do this at once: the first to rename its copy wins. */
    Path unpackedUnder(Path directory) throws IOException {
        var root = directory.resolve(PREFIX + digest());
        if (!Files.isDirectory(root)) {
            var copy = Files.createTempDirectory(directory, PREFIX);
            unpackTo(copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            publish(copy, root);
        }
        return root;
    }

    private static void publish(Path copy, Path root) throws IOException {
        try {
            Files.move(copy, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException anotherWasFirst) {
            if (!Files.isDirectory(root)) {
                throw anotherWasFirst;
            }
            FileTree.delete(copy);
        }
    }

    private void unpackTo(Path root) throws IOException {
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                var path = root.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.copy(entries, path);
                }
                readableByTheServer(path, entry.isDirectory() || entry.getName().startsWith(PROGRAMS));
            }
        }
    }

    /** Sets the permissions whatever the umask is, because the server may run as another user. */
    private static void readableByTheServer(Path path, boolean executable) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private String digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(zip);
            return HexFormat.of().formatHex(sha256, 0, 8);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
