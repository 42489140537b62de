package io.colonnade.it.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools that people ask name servers with: dig (BIND), kdig (Knot), and ldns's for whole zones. */
class DigIT {
    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static InetSocketAddress server;

    @BeforeAll
    static void start() throws IOException {
        for (var tool : List.of("dig", "kdig", "ldns-compare-zones")) {
            assumeTrue(Files.exists(Path.of("/usr/bin", tool)), tool + " is not installed");
        }
        nodes = new Nodes();
        server = NameServers.of(nodes.start(launch ->
                NameServers.withTheTablesZones(launch, folder).with("--set", "dns.allow-transfer=127.0.0.1")));
    }

    @AfterAll
    static void stop() throws IOException {
        if (nodes != null) {
            nodes.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dig", "kdig"})
    void getAnswersOverUdpTcpAndEdns(String tool) throws IOException {
        for (var way : List.of("+notcp", "+tcp", "+noedns", "+bufsize=1232", "+dnssec", "+nsid", "+cookie")) {
            assertThat(ask(tool, "www.zone.test", "A", "+short", way).lines())
                    .as(tool + " " + way)
                    .containsExactlyInAnyOrder("192.0.2.10", "192.0.2.11");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dig", "kdig"})
    void comeAgainOverTcpWhenAnAnswerIsTruncated(String tool) throws IOException {
        var answer = ask(tool, "huge.zone.test", "TXT");
        assertThat(answer).contains("TCP").containsPattern("ANSWER: 7[,;]").doesNotContain("WARNING");
        assertThat(ask(tool, "huge.zone.test", "TXT", "+ignore")).containsPattern("(?i)flags: qr aa tc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dig", "kdig"})
    void showWhatAServerSaysOfItself(String tool) throws IOException {
        var answer = ask(tool, "www.zone.test", "A", "+nsid", "+cookie");
        assertThat(answer)
                .containsIgnoringCase("status: NOERROR")
                .contains("NSID: ")
                .doesNotContain("WARNING");
        assertThat(answer).containsPattern("COOKIE: \\w{32}");
        assertThat(ask(tool, "version.bind", "TXT", "CH")).contains("status: REFUSED");
    }

    @Test
    void aZoneThatIsTransferredIsTheOneThatWasRead() throws IOException {
        var transferred = Files.writeString(folder.resolve("axfr"), ask("dig", "zone.test", "AXFR", "+onesoa"));
        var compared = Processes.read(
                List.of("ldns-compare-zones", "-s", ZoneFiles.path("zone.test").toString(), transferred.toString()));
        assertThat(compared.strip()).isEqualTo("+0\t-0\t~0");
    }

    private static String ask(String tool, String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                tool,
                "@" + server.getAddress().getHostAddress(),
                "-p",
                Integer.toString(server.getPort()),
                "+norecurse"));
        Stream.of(words).forEach(command::add);
        return Processes.read(command);
    }
}
