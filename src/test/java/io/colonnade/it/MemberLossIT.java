package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.LoopingClients;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.colonnade.testing.RawResponse.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes die while they answer: another node answers at once what it can answer, and no broken response looks whole. */
class MemberLossIT {
    /** Enough for a busy machine to notice a death and to answer all exchanges. What is not retried at once takes longer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static final int CLIENTS = 32;

    @TempDir
    private static Path folder;

    /** A request that the first node holds and does not answer. */
    private record Held(RawHttp http, String rest, String what, int status, int bytes) {}

    @ParameterizedTest
    @CsvSource({"'balancer,web,db', app", "'balancer,db', 'web,app'"})
    void whatTheDeadNodeHadIsAnsweredByAnotherIfThatDoesNoHarm(String near, String far) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var entry = cluster.begin(launch -> launch.with("--site", site, "--roles", near));
            var first = cluster.begin(launch -> launch.with("--site", site, "--roles", far));
            entry.awaitReady();
            first.awaitReady();
            cluster.awaitAgreement();
            var held = List.of(
                    hold(entry, "GET", "before-head", 0, 0, 200),
                    hold(entry, "GET", "before-body", 0, 0, 200),
                    hold(entry, "PUT", "before-head", 60_000, 0, 200),
                    hold(entry, "PUT", "before-body", 2000, 1500, 200),
                    hold(entry, "DELETE", "before-head", 100, 0, 200),
                    hold(entry, "PUT", "before-head", 100_000, 0, 502),
                    hold(entry, "POST", "before-head", 100, 0, 502),
                    hold(entry, "POST", "before-body", 2000, 1500, 502),
                    hold(entry, "PATCH", "before-head", 0, 0, 502));
            var begun = List.of(
                    hold(entry, "GET", "after-head", 0, 0, 200),
                    hold(entry, "GET", "in-body", 0, 0, 200),
                    hold(entry, "PUT", "in-body", 100, 0, 200));
            var heads = new ArrayList<RawResponse>();
            for (var exchange : begun) {
                heads.add(exchange.http().readHead());
            }
            var events = RawHttp.connect(entry.port()).send(RawHttp.request("GET", "/events"));
            var stream = events.readHead();
            var second = cluster.start(launch -> launch.with("--site", site, "--roles", far));

            first.kill9();
            var killed = System.nanoTime();
            for (var exchange : held) {
                var response = exchange.http().send(exchange.rest()).read();
                assertThat(response.status()).as(exchange + "\n" + response).isEqualTo(exchange.status());
                if (exchange.status() == 200) {
                    assertThat(response.text()).as(exchange.what()).contains("\"bytes\":" + exchange.bytes() + ",");
                    assertThat(response.field("x-app-node")).contains(second.name());
                }
            }
            for (var i = 0; i < heads.size(); i++) {
                var response = begun.get(i).http().readBody(heads.get(i));
                assertThat(response.status()).as(begun.get(i).what()).isEqualTo(200);
                assertThat(response.end()).as(begun.get(i).what()).isEqualTo(End.PREMATURE);
            }
            var told = events.readBody(stream);
            assertThat(told.text()).isEqualTo("data: hello\n\n");
            assertThat(told.end()).isEqualTo(End.LAST_CHUNK);
            assertThat(events.isClosedByPeer()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(AT_ONCE);
            cluster.awaitAgreement();
        }
    }

    @Test
    void clientsOfAnotherNodeNoticeNothing() throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, launch -> launch.with("--site", site));
            try (var clients = new LoopingClients(nodes.get(0).port(), CLIENTS)) {
                clients.awaitMore(1000);
                nodes.get(1).kill9();
                clients.awaitMore(1000);
                cluster.awaitAgreement();
                clients.awaitMore(1000);
                assertThat(clients.stop()).isEmpty();
            }
        }
    }

    /**
     * Sends a request that the node with the application holds.
     *
     * @param later how many bytes of the body are not sent yet
     */
    private static Held hold(Node entry, String method, String place, int bytes, int later, int status)
            throws IOException {
        var mark = Files.createTempDirectory(folder, "held").resolve("mark");
        var target = "/hold/" + place + "?mark=" + mark;
        var http = RawHttp.connect(entry.port());
        http.send(RawHttp.request(method, target, "content-length: " + bytes) + "x".repeat(bytes - later));
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(mark));
        return new Held(http, "x".repeat(later), method + " " + place + " " + bytes, status, bytes);
    }
}
