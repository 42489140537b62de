package io.colonnade.it.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row of {@code conformance.txt}, asked of a live node, and of Knot, which answers otherwise exactly where
 * {@code differences.txt} says so.
 */
class ConformanceIT {
    private static final List<Row> TABLE = Row.in("conformance.txt");
    private static final Map<String, Row> DIFFERENCES =
            Row.in("differences.txt").stream().collect(Collectors.toMap(Row::title, Function.identity()));

    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static InetSocketAddress colonnade;
    private static Knot knot;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Knot.isInstalled(), "knot is not installed");
        knot = Knot.start(folder);
        nodes = new Nodes();
        colonnade = NameServers.of(nodes.start(launch -> NameServers.withTheTablesZones(launch, folder)));
    }

    @AfterAll
    static void stop() throws IOException {
        if (knot != null) {
            knot.close();
        }
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void listsDifferencesOfRowsThatThereAre() {
        assertThat(TABLE.stream().map(Row::name)).doesNotHaveDuplicates().containsAll(DIFFERENCES.keySet());
    }

    @TestFactory
    Stream<DynamicTest> colonnadeAnswersAsTheTableSays() {
        return TABLE.stream()
                .flatMap(row -> each(row, transport -> assertThat(faults(colonnade, row, row, transport))
                        .isEmpty()));
    }

    @Test
    void colonnadeAnswersAllOfThemOnOneConnection() throws IOException {
        var rows = TABLE.stream()
                .filter(row -> DnsQuestion.of(row).transports().contains(DnsTransport.TCP))
                .filter(row -> !DnsQuestion.of(row).echoesACookie())
                .toList();
        var queries = rows.stream()
                .map(row -> DnsQuestion.of(row).encode(DnsClient.nextId(), new byte[0]))
                .toList();
        var replies = new DnsClient(colonnade).stream(queries);
        for (var i = 0; i < rows.size(); i++) {
            var reply = new DnsReply(queries.get(i), replies.get(i));
            assertThat(new Expected(rows.get(i)).faults(reply, DnsTransport.TCP))
                    .as(rows.get(i).title())
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> knotAnswersAsTheTableSaysOrAsTheDifferencesDo() {
        return TABLE.stream().flatMap(row -> each(row, transport -> askKnot(row, transport)));
    }

    private static Stream<DynamicTest> each(Row row, Case test) {
        return DnsQuestion.of(row).transports().stream()
                .map(transport ->
                        DynamicTest.dynamicTest(row.title() + " over " + transport, () -> test.run(transport)));
    }

    private static void askKnot(Row row, DnsTransport transport) throws IOException {
        var difference = DIFFERENCES.get(row.name());
        var faults = faults(knot.address(), row, row, transport);
        if (difference == null || !appliesTo(transport, difference)) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(difference.one("why")).isNotBlank();
            assertThat(faults(knot.address(), row, difference, transport)).isEmpty();
            assertThat(faults).as("the listed difference").isNotEmpty();
        }
    }

    private static boolean appliesTo(DnsTransport transport, Row difference) {
        return !difference.has("over") || DnsTransport.of(difference.one("over")) == transport;
    }

    private static List<String> faults(InetSocketAddress server, Row asked, Row told, DnsTransport transport)
            throws IOException {
        var expected = new Expected(told);
        var reply = new DnsClient(server).ask(DnsQuestion.of(asked), transport);
        return reply.map(message -> expected.faults(message, transport))
                .orElseGet(() -> expected.isNone() ? List.of() : List.of("no reply"));
    }

    private interface Case {
        void run(DnsTransport transport) throws IOException;
    }
}
