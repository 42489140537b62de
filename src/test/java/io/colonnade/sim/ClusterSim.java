package io.colonnade.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Twenty nodes live through hours of faults, and share requests by each policy. What came of it is committed: a heuristic that
 * has changed shows as a difference, to be looked at and then written with {@code -Dsim.write=true}.
 */
class ClusterSim {
    private static final Path FAULTS = Path.of("src/test/sim/faults.txt");
    private static final Path NEWCOMER = Path.of("src/test/sim/newcomer.txt");
    private static final Path SHARES = Path.of("src/test/sim/shares.txt");

    @Test
    void hoursOfFaultsGiveTheCommittedTable() throws IOException {
        compare(FAULTS, Faults.run(20));
    }

    @Test
    void policiesGiveTheCommittedShares() throws IOException {
        compare(SHARES, Shares.run(1));
    }

    @Test
    void aNewcomerGetsItsShareLittleByLittle() throws IOException {
        compare(NEWCOMER, Newcomer.run(1));
    }

    private static void compare(Path committed, List<String> lines) throws IOException {
        var text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("sim.write")) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, text);
        }
        assertThat(text)
                .as("run again with -Dsim.write=true and look at the difference")
                .isEqualTo(Files.readString(committed));
    }
}
