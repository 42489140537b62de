package io.colonnade.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A file with one or two secrets. It is refused if users other than its owner and group can read it, or if others than its owner
 * can change it.
 *
 * @param personal whether it is the file that a node makes for its user
 */
public record SecretFile(Path path, boolean personal) {
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
            return Secrets.parse(file().read(), personal);
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

    private void make(ClusterSecret secret) {
        try {
            file().makeIfMissing(secret.text(), "rwx------");
        } catch (IOException | UnsupportedOperationException impossible) {
            throw new SecretException(
                    "the secret of this user, " + path + ", cannot be made (" + impossible
                            + "); give the node one with --secret-file FILE",
                    impossible);
        }
    }

    private PrivateFile file() {
        return new PrivateFile(path, "secret file");
    }
}
