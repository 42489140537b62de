package io.colonnade.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that takes part, and how it is started.
 *
 * @param name such as {@code haproxy}
 * @param folder its own, which is on the command line of what it starts beside itself; what it prints goes to {@code log.txt} there
 * @param environment what differs from that of the benchmark
 */
record Program(String name, Path folder, List<String> command, Map<String, String> environment) {
    Program(String name, Path folder, List<String> command) {
        this(name, folder, command, Map.of());
    }
}
