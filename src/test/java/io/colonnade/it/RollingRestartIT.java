package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.LoadClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each of three nodes is stopped and started again, one after the other, under load: no request fails. */
class RollingRestartIT {
    private static final int CONNECTIONS = 24;
    private static final Duration MEASURED = Duration.ofSeconds(1);
    private static final String KEPT_ALIVE = RawHttp.request("GET", "/api/messages?limit=5");
    private static final String ONE_EACH = RawHttp.request("GET", "/api/session", "Connection: close");

    @Test
    void onOnePortThatTheyShare() throws IOException {
        try (var cluster = new Nodes()) {
            var first = cluster.start(UnaryOperator.identity());
            var port = first.port();
            UnaryOperator<Launch> shared = launch -> launch.with("--port", Integer.toString(port));
            cluster.start(2, shared);
            BoardClient.awaitBoard(cluster.alive());
            BoardClient.of(first).signIn("Ada").post("Hello");
            try (var load = new LoadClient(CONNECTIONS, KEPT_ALIVE, () -> port);
                    var fresh = new LoadClient(4, ONE_EACH, () -> port)) {
                settle(load, fresh);
                for (var node : cluster.alive()) {
                    node.sigterm();
                    assertThat(node.awaitExit()).as(node::log).isZero();
                    cluster.start(shared);
                }
                assertNoneFailed(load, fresh);
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
                settle(load, fresh);
                for (var node : nodes) {
                    node.sigterm();
                    await().pollInterval(Duration.ofMillis(20)).until(() -> !isReady(node));
                    ready.remove(node);
                    assertThat(node.awaitExit()).as(node::log).isZero();
                    var again = cluster.start(alone);
                    assertThat(isReady(again)).isTrue();
                    ready.add(again);
                }
                assertNoneFailed(load, fresh);
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

    /** Warms the nodes up, and then continues at half of the rate that they reach. */
    private static void settle(LoadClient load, LoadClient fresh) {
        fresh.slowDownTo(50);
        load.rate(MEASURED);
        load.slowDownTo(load.rate(MEASURED) / 2);
    }

    private static void assertNoneFailed(LoadClient load, LoadClient fresh) {
        assertThat(load.failed()).isEmpty();
        assertThat(fresh.failed()).isEmpty();
        assertThat(load.answered()).isGreaterThan(100);
    }
}
