package io.colonnade.it;

import static io.colonnade.testing.RawWebSocket.BINARY;
import static io.colonnade.testing.RawWebSocket.CLOSE;
import static io.colonnade.testing.RawWebSocket.CONTINUATION;
import static io.colonnade.testing.RawWebSocket.PING;
import static io.colonnade.testing.RawWebSocket.PONG;
import static io.colonnade.testing.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawWebSocket;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets of a client at one node to a site at another node, by way of a third node. */
class WebSocketNodesIT {
    private static final int SILENT = 20;
    private static final int PINGS = 400_000;
    private static final long WINDOW = 256 << 10;

    /** What a writer may put into a stream before it is told to wait. */
    private static final long QUEUE = 64 << 10;

    private static final Duration SETTLED = Duration.ofMillis(300);

    @Test
    void worksWithEveryTierOnANodeOfItsOwnAndIsToldOfTheLossOfTheSites(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var balancer = cluster.begin(launch -> launch.with("--site", site, "--roles", "balancer"));
            var web = cluster.begin(launch -> launch.with("--site", site, "--roles", "web"));
            var app = cluster.begin(launch -> launch.with("--site", site, "--roles", "app,db"));
            cluster.alive().forEach(Node::awaitReady);
            cluster.awaitAgreement();
            try (var socket = RawWebSocket.connect(balancer.port(), "/websocket")) {
                assertThat(socket.answer().status())
                        .as(socket.answer()::toString)
                        .isEqualTo(101);
                assertThat(socket.answer().field("x-web-node")).contains(web.name());
                assertThat(socket.answer().field("x-app-node")).contains(app.name());
                assertThat(socket.sendText("hello").read().text()).isEqualTo("hello");
                var big = Buffer.buffer("x".repeat(60_000));
                assertThat(socket.send(true, BINARY, big).read().payload()).isEqualTo(big);
                assertThat(socket.send(true, PING, Buffer.buffer("?")).read().opcode())
                        .isEqualTo(PONG);
                holdNoMoreThanTheirWindows(balancer.port(), List.of(balancer, web, app));
                app.kill9();
                var close = socket.read();
                assertThat(close.opcode()).isEqualTo(CLOSE);
                assertThat(close.code()).isEqualTo(1012);
                assertThat(socket.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void keepsToTheRfcAndTakesNoPingsOfAClientThatDoesNotRead(@TempDir Path folder) throws Exception {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var local = cluster.begin(launch -> launch.with("--site", site));
            var remote = cluster.begin(launch -> launch.with("--site", site, "--roles", "balancer"));
            cluster.alive().forEach(Node::awaitReady);
            cluster.awaitAgreement();
            for (var node : List.of(local, remote)) {
                try (var socket = RawWebSocket.connect(node.port(), "/websocket")) {
                    var close = socket.send(true, TEXT, Buffer.buffer(new byte[] {-1}))
                            .read();
                    assertThat(close.opcode()).isEqualTo(CLOSE);
                    assertThat(close.code()).isEqualTo(1007);
                    assertThat(socket.isClosedByPeer()).isTrue();
                }
                try (var socket = RawWebSocket.connect(node.port(), "/websocket")) {
                    assertThat(socket.send(false, TEXT, Buffer.buffer("a".repeat(200_000)))
                                    .send(true, CONTINUATION, Buffer.buffer("a".repeat(100_000)))
                                    .read()
                                    .text())
                            .contains("app.max-websocket-message");
                }
                takesNoMorePings(node.port());
            }
        }
    }

    private static void takesNoMorePings(int port) throws Exception {
        try (var socket = RawWebSocket.connect(port, "/websocket")) {
            var sent = new AtomicLong();
            var pinging = new Thread(() -> {
                try {
                    for (var i = 0; i < PINGS; i++) {
                        socket.send(true, PING, Buffer.buffer(new byte[125]));
                        sent.incrementAndGet();
                    }
                } catch (IOException closed) {
                    // The test closes the connection, which ends the pings.
                }
            });
            pinging.start();
            var before = new AtomicLong(-1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> sent.get() == before.getAndSet(sent.get()));
            assertThat(sent.get()).isPositive().isLessThan(PINGS);
            socket.close();
            pinging.join();
        }
    }

    /** With clients that do not read. */
    private static void holdNoMoreThanTheirWindows(int port, List<Node> nodes) throws IOException {
        var sockets = new ArrayList<RawWebSocket>();
        try {
            for (var i = 0; i < SILENT; i++) {
                sockets.add(RawWebSocket.connect(port, "/flood"));
            }
            var before = new AtomicReference<List<Long>>();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(SETTLED)
                    .until(() -> {
                        var held = nodes.stream().map(WebSocketNodesIT::held).toList();
                        return held.equals(before.getAndSet(held)) && !held.contains(0L);
                    });
            assertThat(before.get())
                    .allSatisfy(held -> assertThat(held).isLessThanOrEqualTo(SILENT * (WINDOW + QUEUE)));
            for (var socket : sockets) {
                assertThat(socket.read().payload().length()).isEqualTo(8192);
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** The bytes that wait in the transport of the node. */
    private static long held(Node node) {
        return node.status().getJsonObject("transport").getJsonArray("lanes").stream()
                .mapToLong(lane -> ((JsonObject) lane).getLong("bufferedBytes"))
                .sum();
    }

    @Test
    void closesWithTheCodeThatTheSiteGives(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(2, launch -> launch.with("--site", site));
            for (var i = 0; i < 10; i++) {
                try (var socket = RawWebSocket.connect(nodes.get(0).port(), "/websocket")) {
                    var close = socket.sendText("close").read();
                    assertThat(close.code()).isEqualTo(1000);
                    assertThat(close.text()).endsWith("as asked");
                    socket.send(true, CLOSE, close.payload());
                    assertThat(socket.isClosedByPeer()).isTrue();
                }
            }
        }
    }
}
