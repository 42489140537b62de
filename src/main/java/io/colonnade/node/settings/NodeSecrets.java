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
     * Those of the configuration, else those of its file, else the user's own, which is made if there is none; blocks on the disk.
     *
     * @throws SecretException if there are none to be had
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
