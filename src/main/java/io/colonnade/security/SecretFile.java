package io.colonnade.security;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file with one or two secrets. It is refused if users other than its owner and group can read it, or if others than its owner
 * can change it.
 *
 * @param personal whether it is the file that a node makes for its user
 */
public record SecretFile(Path path, boolean personal) {
    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /** The user's own file under the home directory. */
    public static SecretFile personal(Path home) {
        return new SecretFile(home.resolve(".colonnade").resolve("secret"), true);
    }

    /**
     * Reads the file; blocks on the disk.
     *
     * @throws SecretException if it is missing, unreadable, malformed, or open to others
     */
    public Secrets read() {
        try {
            requireClosedToOthers();
            return Secrets.parse(Files.readString(path), personal);
        } catch (NoSuchFileException missing) {
            throw new SecretException(
                    "the secret file " + path + " does not exist; make one with: java -jar colonnade.jar secret new > "
                            + path,
                    missing);
        } catch (IOException unreadable) {
            throw new SecretException("the secret file " + path + " cannot be read (" + unreadable + ")", unreadable);
        } catch (IllegalArgumentException malformed) {
            throw new SecretException(
                    "the secret file " + path + " is malformed: " + malformed.getMessage(), malformed);
        }
    }

    /**
     * Reads the file, and makes it with a fresh secret if there is none. Of processes that do so at once one makes the file, and
     * all read the same secret.
     */
    public Secrets readOrMake(SecureRandom random) {
        if (!Files.exists(path)) {
            make(ClusterSecret.fresh(random));
        }
        return read();
    }

    /**
     * The file appears whole or not at all, and only if there is none: making a link fails where a move would replace the file.
     */
    private void make(ClusterSecret secret) {
        try {
            var folder = Files.createDirectories(path.toAbsolutePath().getParent(), onlyForOwner("rwx------"));
            var draft = Files.createTempFile(folder, "secret", ".new", onlyForOwner("rw-------"));
            try {
                Files.writeString(draft, secret.text() + "\n");
                Files.createLink(path, draft);
            } catch (FileAlreadyExistsException madeByAnother) {
                // It is as good as ours.
            } finally {
                Files.delete(draft);
            }
        } catch (IOException | UnsupportedOperationException impossible) {
            throw new SecretException(
                    "the secret of this user, " + path + ", cannot be made (" + impossible
                            + "); give the node one with --secret-file FILE",
                    impossible);
        }
    }

    private FileAttribute<?>[] onlyForOwner(String permissions) {
        return hasPermissions()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void requireClosedToOthers() throws IOException {
        if (!hasPermissions()) {
            return;
        }
        var permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(TOO_OPEN::contains)) {
            throw new SecretException("the secret file " + path + " is open to others ("
                    + PosixFilePermissions.toString(permissions) + "); close it with: chmod 600 " + path);
        }
    }

    private boolean hasPermissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
