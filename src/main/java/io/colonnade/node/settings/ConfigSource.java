package io.colonnade.node.settings;

import io.colonnade.config.ConfigException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where a node's configuration comes from.
 *
 * @param file the file that is watched for changes
 * @param started the configuration of the start: the file, and everything that overrides it
 * @param reading reads the configuration again; blocks, and throws {@link ConfigException}
 */
public record ConfigSource(Path file, NodeConfig started, Supplier<NodeConfig> reading) {}
