package io.colonnade.store;

import io.colonnade.core.Address;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Where the embedded server's files are: {@code database/} in the data directory of the node. */
record DatabaseDirectory(Path root) {
    private static final String USER = "colonnade";
    private static final int PASSWORD_BYTES = 32;

    /** Makes the directory if it is not there. Others may pass through it, as the server's own user must. */
    static DatabaseDirectory create(Path nodeData) throws IOException {
        var root = nodeData.toAbsolutePath().normalize().resolve("database");
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        }
        return new DatabaseDirectory(root.toRealPath());
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("mariadb.log");
    }

    Path supervisorLock() {
        return root.resolve("supervisor.lock");
    }

    Path usersLock() {
        return root.resolve("users.lock");
    }

    /** The server of this directory, if it was ever started. */
    Optional<Server> server() throws IOException {
        return Files.exists(credentials())
                ? Optional.of(Server.parse(Buffer.buffer(Files.readAllBytes(credentials()))))
                : Optional.empty();
    }

    /** The server of this directory; with a fresh identity and password before its first start. */
    Server serverOrNew() throws IOException {
        var known = server();
        if (known.isPresent()) {
            return known.get();
        }
        var fresh = new Server(UUID.randomUUID().toString(), new Address("127.0.0.1", freePort()), USER, newPassword());
        write(fresh);
        return fresh;
    }

    /** Gives the server another port, because some other process has taken its own. */
    Server move(Server server) throws IOException {
        var moved = server.at(freePort());
        write(moved);
        return moved;
    }

    private void write(Server server) throws IOException {
        var temporary = createPrivate(root.resolve("credentials.new"));
        Files.write(temporary, server.toBuffer().getBytes());
        Files.move(temporary, credentials(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path createPrivate(Path file) throws IOException {
        var onlyTheOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            return Files.createFile(file, onlyTheOwner);
        } catch (FileAlreadyExistsException leftOver) {
            Files.delete(file);
            return Files.createFile(file, onlyTheOwner);
        }
    }

    private Path credentials() {
        return root.resolve("credentials");
    }

    private static String newPassword() {
        var random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
