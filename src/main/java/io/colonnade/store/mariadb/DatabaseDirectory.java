package io.colonnade.store.mariadb;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.store.server.Server;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The directory of the server's files: {@code database/} in the data directory of the node. */
public record DatabaseDirectory(Path root) {
    private static final String USER = "colonnade";
    private static final int PASSWORD_BYTES = 32;

    /** Creates the directory if it does not exist. Other users may pass through it, as the server's own user must. */
    public static DatabaseDirectory create(Path nodeData) throws IOException {
        var root = nodeData.toAbsolutePath().normalize().resolve("database");
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        }
        return new DatabaseDirectory(root.toRealPath());
    }

    public Path data() {
        return root.resolve("data");
    }

    public Path log() {
        return root.resolve("mariadb.log");
    }

    /** The file with the {@link DataVersion} of the server that used the data last. */
    Path version() {
        return root.resolve("version");
    }

    public Path supervisorLock() {
        return root.resolve("supervisor.lock");
    }

    public Path usersLock() {
        return root.resolve("users.lock");
    }

    /** The server of this directory, if it was ever started. */
    public Optional<Server> server() throws IOException {
        return Files.exists(credentials())
                ? Optional.of(Server.parse(Buffer.buffer(Files.readAllBytes(credentials()))))
                : Optional.empty();
    }

    /** The server of this directory, at the host; before its first start, with a new identity, password and port of the range. */
    public Server serverOrNew(String host, PortRange ports) throws IOException {
        var known = server();
        if (known.isEmpty()) {
            return written(new Server(UUID.randomUUID().toString(), free(host, ports), USER, newPassword()));
        }
        var address = known.get().address();
        return address.host().equals(host) ? known.get() : written(known.get().at(new Address(host, address.port())));
    }

    /** Gives the server another port of the range, because another process has taken its own, or the range is another. */
    public Server move(Server server, PortRange ports) throws IOException {
        return written(server.at(free(server.address().host(), ports)));
    }

    private Server written(Server server) throws IOException {
        replace(credentials(), server.toBuffer());
        return server;
    }

    /** Writes a file that only its owner can read; a crash leaves the new content or the old one. */
    public static void replace(Path file, Buffer content) throws IOException {
        var temporary = createPrivate(file.resolveSibling(file.getFileName() + ".new"));
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content.getBytes()));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
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

    private static Address free(String host, PortRange ports) throws IOException {
        return new Address(host, ports.free(host, 1).get(0));
    }
}
