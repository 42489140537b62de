package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Nodes;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The line of the board that says how many users are online, with pages open at several nodes. */
class PresenceIT {
    @Test
    void pagesAreCountedOverAllNodesAndComeAgainWhenTheirNodeStops() throws Exception {
        var vertx = Vertx.vertx();
        try (var nodes = new Nodes()) {
            var both = nodes.start(2, launch -> launch.with("--set", "drain-timeout=1s"));
            var client = vertx.createWebSocketClient();
            var first = new Page(client, both.get(0).port());
            var second = new Page(client, both.get(1).port());
            first.awaitLast("{\"here\":2}");
            second.awaitLast("{\"here\":2}");

            both.get(1).sigterm();
            await().atMost(Duration.ofSeconds(20)).until(second.socket::isClosed);
            assertThat(second.socket.closeStatusCode()).isIn((short) 1001, (short) 1012);
            assertThat(both.get(1).awaitExit()).isZero();
            var again = new Page(client, both.get(0).port());
            // The node that is gone may have served the socket of the first page.
            again.awaitLast(first.socket.isClosed() ? "{\"here\":1}" : "{\"here\":2}");
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static final class Page {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final ClientWebSocket socket;

        Page(WebSocketClient client, int port) throws Exception {
            socket = client.webSocket();
            socket.textMessageHandler(heard::add);
            socket.connect(port, "127.0.0.1", "/api/presence").await(10, TimeUnit.SECONDS);
        }

        void awaitLast(String text) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(heard).isNotEmpty().last().isEqualTo(text));
        }
    }
}
