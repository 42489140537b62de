package io.colonnade.node.settings;

import io.colonnade.security.SecretException;
import io.colonnade.security.SecretFile;
import io.colonnade.security.Secrets;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

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
                ? SecretFile.personal(
                                home(isHomeChosen() ? null : System.getenv("HOME"), System.getProperty("user.home")))
                        .readOrMake(new SecureRandom())
                : new SecretFile(Path.of(config.secretFile()), false).read();
    }

    /** Whether the JVM was started with a home directory: that is said to this node, and the environment to all programs. */
    private static boolean isHomeChosen() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-Duser.home="));
    }

    /**
     * The user's home directory: that of the environment, as for other programs, else the system's entry for the user.
     *
     * @param entry {@code ?} if the system has no entry for the user
     * @throws StartException if there is neither
     */
    static Path home(@Nullable String variable, @Nullable String entry) {
        if (variable != null && variable.startsWith("/")) {
            return Path.of(variable);
        }
        if (entry == null || entry.isEmpty() || entry.equals("?")) {
            throw new StartException(
                    "this user has no home directory for its secret; set HOME, or give the node a secret"
                            + " with --secret-file FILE");
        }
        return Path.of(entry);
    }
}
