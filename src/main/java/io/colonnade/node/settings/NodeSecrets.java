package io.colonnade.node.settings;

import io.colonnade.security.SecretException;
import io.colonnade.security.SecretFile;
import io.colonnade.security.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Where a node's secrets come from. */
public final class NodeSecrets {
    private NodeSecrets() {}

    /**
     * The secrets of the configuration, else those of its file, else the user's own. The user's own is made if there is none. Blocks on
     * the disk.
     *
     * @throws SecretException if none can be found or made
     */
    public static Secrets of(NodeConfig config) {
        if (!config.secret().isEmpty()) {
            return Secrets.parse(config.secret().value(), false);
        }
        return config.secretFile().isEmpty()
                ? SecretFile.personal(Path.of(System.getProperty("user.home"))).readOrMake(new SecureRandom())
                : new SecretFile(Path.of(config.secretFile()), false).read();
    }
}
