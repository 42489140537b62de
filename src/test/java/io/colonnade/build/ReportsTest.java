package io.colonnade.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/Reports.java}, which {@code .ci/run} calls, over reports that are made up. */
class ReportsTest {
    private static final String FAILED = "<failure message='lost &lt;one&gt;' type='x'>at x</failure>";
    private static final String FLAKY = "<flakyFailure message='expected: &quot;a&quot;&#10;but was: b' type='x'>"
            + "<stackTrace>at x</stackTrace></flakyFailure>";
    private static final String FLAKY_WITHOUT_MESSAGE =
            "<flakyError type='x'><stackTrace>\n  java.io.IOException\n at y</stackTrace></flakyError>";

    @TempDir
    Path target;

    private int status;

    @Test
    void saysThatNothingWasFlaky() throws Exception {
        report("AIT", "passes", "");
        report("BIT", "fails", FAILED);
        report("CIT", "failsTwice", FAILED + "<rerunFailure message='again' type='x'/>");
        assertThat(run()).isEqualTo("FLAKY: none\n");
        assertThat(status).isZero();
    }

    @Test
    void namesWhatPassedAtItsSecondTryWithTheFirstLineOfItsFailure() throws Exception {
        report("AIT", "first", FLAKY);
        report("BIT", "second", FLAKY_WITHOUT_MESSAGE);
        assertThat(run()).isEqualTo("FLAKY:\n  io.AIT.first: expected: \"a\"\n  io.BIT.second: java.io.IOException\n");
        assertThat(status).isZero();
    }

    @Test
    void failsFromTheThirdFlakyTestOn() throws Exception {
        for (var name : new String[] {"AIT", "BIT", "CIT"}) {
            report(name, "flaky", FLAKY);
        }
        assertThat(run()).endsWith("3 tests passed only at their second try; 2 may\n");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void printsTheEndsOfTheNodesLogsIfTheChaosTestFailed() throws Exception {
        log("node-a-0", 300);
        report("ChaosIT", "nothingIsLost", FAILED);
        assertThat(run().lines())
                .hasSize(1 + 200 + 1)
                .contains("line 100", "line 299", "FLAKY: none")
                .doesNotContain("line 99");
    }

    @Test
    void printsTwoThousandLinesOfLogsAtMost() throws Exception {
        for (int node = 0; node < 20; node++) {
            log("node-" + node, 200);
        }
        report("ChaosIT", "nothingIsLost", FLAKY);
        assertThat(run().lines()).hasSize(2000 + 1 + 2).contains("--- and 2020 lines more");
    }

    @Test
    void printsNoLogsIfTheChaosTestPassed() throws Exception {
        log("node-a-0", 300);
        report("ChaosIT", "nothingIsLost", "");
        assertThat(run()).isEqualTo("FLAKY: none\n");
    }

    private void report(String type, String test, String outcome) throws IOException {
        var folder = Files.createDirectories(target.resolve("failsafe-reports"));
        Files.writeString(
                folder.resolve("TEST-io." + type + ".xml"),
                "<?xml version='1.0' encoding='UTF-8'?><testsuite name='io." + type + "'><properties/>"
                        + "<testcase name='" + test + "' classname='io." + type + "' time='1'>" + outcome
                        + "</testcase></testsuite>");
    }

    private void log(String node, int lines) throws IOException {
        var folder = Files.createDirectories(target.resolve("chaos/4711").resolve(node));
        var text = IntStream.range(0, lines).mapToObj(line -> "line " + line).toList();
        Files.write(folder.resolve("log.txt"), text);
    }

    private String run() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, ".ci/Reports.java", target.toString())
                .redirectErrorStream(true)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        status = process.waitFor();
        return printed;
    }
}
