package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.LoadClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Wrk;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each of three nodes is stopped and started again, one after the other, under load: no request fails. */
class RollingRestartIT {
    private static final Logger log = LoggerFactory.getLogger(RollingRestartIT.class);
    private static final int CONNECTIONS = 24;

    /** Requests a second: enough for several at each moment of a restart. */
    private static final int PER_SECOND = 400;

    /** The least number of requests of wrk; {@code mvn verify -Dit.test=RollingRestartIT -Dit.requests=200000} for the long form. */
    private static final int REQUESTS = Integer.getInteger("it.requests", 1000);

    private static final String MESSAGES = "/api/messages?limit=5";
    private static final String KEPT_ALIVE = RawHttp.request("GET", MESSAGES);
    private static final String ONE_EACH = RawHttp.request("GET", "/api/session", "Connection: close");

    /** Under half of the load that they can bear, from a client that others have written. */
    @Test
    void onOnePortThatTheyShare(@TempDir Path folder) throws IOException {
        Wrk.assumeInstalled();
        try (var cluster = new Nodes()) {
            var first = cluster.start(UnaryOperator.identity());
            var port = first.port();
            UnaryOperator<Launch> shared = launch -> launch.with("--port", Integer.toString(port));
            cluster.start(2, shared);
            BoardClient.awaitBoard(cluster.alive());
            BoardClient.of(first).signIn("Ada").post("Hello");
            var url = "http://localhost:" + port + MESSAGES;
            var half = Wrk.most(folder, url) / 2;
            try (var wrk = Wrk.start(folder, url, half);
                    var fresh = new LoadClient(4, ONE_EACH, () -> port)) {
                fresh.slowDownTo(50);
                for (var node : cluster.alive()) {
                    node.sigterm();
                    assertThat(node.awaitExit()).as(node::log).isZero();
                    cluster.start(shared);
                }
                await().atMost(Duration.ofMinutes(10)).until(() -> takenBy(cluster) >= REQUESTS);
                var count = wrk.stop();
                log.info("half load is {} requests/s\n{}", Math.round(half), count.printed());
                assertThat(count.errors()).isEmpty();
                assertThat(count.requests()).isGreaterThanOrEqualTo(REQUESTS);
                assertThat(fresh.failed()).isEmpty();
                assertThat(fresh.answered()).isGreaterThan(100);
            }
        }
    }

    @Test
    void onAPortEachBehindAClientThatAsksWhoIsReady() throws IOException {
        try (var cluster = new Nodes()) {
            UnaryOperator<Launch> alone = launch -> launch.with("--set", "drain-timeout=2s");
            var nodes = cluster.start(3, alone);
            BoardClient.awaitBoard(nodes);
            BoardClient.of(nodes.get(0)).signIn("Ada").post("Hello");
            var ready = new CopyOnWriteArrayList<>(nodes);
            var turn = new AtomicInteger();
            try (var load = new LoadClient(CONNECTIONS, KEPT_ALIVE, () -> next(ready, turn));
                    var fresh = new LoadClient(4, ONE_EACH, () -> next(ready, turn))) {
                load.slowDownTo(PER_SECOND);
                fresh.slowDownTo(50);
                for (var node : nodes) {
                    node.sigterm();
                    await().pollInterval(Duration.ofMillis(20)).until(() -> !isReady(node));
                    ready.remove(node);
                    assertThat(node.awaitExit()).as(node::log).isZero();
                    var again = cluster.start(alone);
                    assertThat(isReady(again)).isTrue();
                    ready.add(again);
                }
                assertThat(load.failed()).isEmpty();
                assertThat(fresh.failed()).isEmpty();
                assertThat(load.answered()).isGreaterThan(100);
            }
        }
    }

    private static int next(List<Node> ready, AtomicInteger turn) {
        var now = List.copyOf(ready);
        return now.get(Math.floorMod(turn.getAndIncrement(), now.size())).port();
    }

    private static boolean isReady(Node node) {
        return node.admin("/health/ready").equals("ready\n");
    }

    /** This is fewer than wrk has sent, as a restart of a node sets its count back. */
    private static long takenBy(Nodes cluster) {
        return cluster.alive().stream()
                .mapToLong(node -> node.status().getJsonObject("balancer").getLong("requests"))
                .sum();
    }
}
