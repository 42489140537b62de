package io.colonnade;

import io.colonnade.config.ConfigException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where a node's configuration comes from.
 *
 * @param file that is watched for changes
 * @param reading reads it again, with everything that beats it; blocks, and throws {@link ConfigException}
 */
public record ConfigSource(Path file, Supplier<NodeConfig> reading) {}
