package io.colonnade.bench;

import java.util.List;

/**
 * What is measured: some processes, of which one answers at a port of this machine.
 *
 * @param name what the table calls it
 * @param variant the name of its configuration, of those it has: {@code good} or {@code tuned}; empty if there is one only
 * @param programs in the order in which they are started
 */
record Contender(String name, String variant, int port, List<Program> programs) {
    String fullName() {
        return variant.isEmpty() ? name : name + " (" + variant + ")";
    }
}
