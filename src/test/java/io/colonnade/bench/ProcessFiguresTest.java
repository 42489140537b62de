package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
    private static final String STAT =
            "4711 (nginx: (worker) 1) S 1 2 3 4 5 6 7 8 9 10 250 50 77 88 15 16 17 18 19 20 300 22 23";

    @Test
    void addsUserAndSystemTimeWhateverTheName() {
        assertThat(ProcessFigures.cpuMicros(STAT)).isEqualTo(3_000_000);
    }

    @Test
    void knowsWhatIsResident() {
        assertThat(ProcessFigures.residentBytes(STAT)).isEqualTo(300 * 4_096L);
    }

    @Test
    void knowsTheMostThatWasResident() {
        assertThat(ProcessFigures.peakBytes("Name:\tjava\nVmPeak:\t 9 kB\nVmHWM:\t   70 kB\nVmRSS:\t 60 kB\n"))
                .isEqualTo(70 * 1_024L);
    }

    @Test
    void countsNothingForAProcessThatIsGone() {
        assertThat(ProcessFigures.cpuMicros("")).isZero();
        assertThat(ProcessFigures.residentBytes("")).isZero();
    }

    @Test
    void readsThisProcess() {
        assertThat(ProcessFigures.residentBytes(List.of(ProcessHandle.current().pid())))
                .isBetween(10_000_000L, 20_000_000_000L);
    }

    @Test
    void findsWhatAProcessHasStarted() throws IOException {
        var shell = new ProcessBuilder("sh", "-c", "sleep 60 & read end; kill $!; wait").start();
        try {
            var line = org.awaitility.Awaitility.await()
                    .until(
                            () -> ProcessFigures.tree(shell.toHandle(), Path.of("/none-such")),
                            pids -> pids.size() == 2);
            assertThat(line).startsWith(shell.pid());
        } finally {
            shell.getOutputStream().close();
        }
    }
}
