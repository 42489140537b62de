package io.colonnade.node.settings;

import io.colonnade.config.ConfigException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where a node's configuration comes from.
 *
 * @param file that is watched for changes
 * @param started what was read of it, with everything that beats it, for the start
 * @param reading reads the same again; blocks, and throws {@link ConfigException}
 */
public record ConfigSource(Path file, NodeConfig started, Supplier<NodeConfig> reading) {}
