package io.colonnade.transport;

import static io.colonnade.testing.RawWebSocket.BINARY;
import static io.colonnade.testing.RawWebSocket.CLOSE;
import static io.colonnade.testing.RawWebSocket.CONTINUATION;
import static io.colonnade.testing.RawWebSocket.PING;
import static io.colonnade.testing.RawWebSocket.PONG;
import static io.colonnade.testing.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawWebSocket;
import io.colonnade.transport.link.TransportConfig;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WebSockets and other upgrades, answered here, on another node, and on another node by way of a third. */
class WebSocketIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MANY = 40;
    private static final int BIG = 2_000_000;

    private final WebSocketAnswers answers = new WebSocketAnswers();
    private final TwoNodes nodes = TwoNodes.open(answers::answer);

    @AfterEach
    void leavesNothingBehind() throws Exception {
        try {
            awaitNothing();
        } finally {
            nodes.close();
        }
    }

    @Test
    void exchangesTheSameFramesWhereverTheSiteRuns() throws Exception {
        var local = conversation(nodes.localPort());
        assertThat(local).hasSize(9).last().isEqualTo("closed");
        assertThat(conversation(nodes.remotePort())).isEqualTo(local);
        assertThat(conversation(nodes.chainedPort())).isEqualTo(local);
    }

    @Test
    void closesAsTheSiteDoes() throws Exception {
        for (var port : ports()) {
            try (var socket = RawWebSocket.connect(port, "/echo")) {
                var close = socket.sendText("close").read();
                assertThat(close.opcode()).isEqualTo(CLOSE);
                assertThat(close.code()).isEqualTo(4001);
                assertThat(close.text()).endsWith("as asked");
                socket.send(true, CLOSE, close.payload());
                assertThat(socket.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void answersAHandshakeAsTheLocalTierDoes() throws Exception {
        var good = RawWebSocket.handshake("/protocol");
        for (var handshake : List.of(
                good,
                RawWebSocket.handshake("/refuse"),
                good.replace("Version: 13", "Version: 99"),
                good.replace("keep-alive, Upgrade", "keep-alive"),
                good.replace("Sec-WebSocket-Key", "X-Key"),
                good.replace("GET", "PUT"))) {
            var local = RawHttp.exchange(nodes.localPort(), handshake);
            for (var port : List.of(nodes.remotePort(), nodes.chainedPort())) {
                var response = RawHttp.exchange(port, handshake);
                assertThat(response.statusLine()).as(handshake).isEqualTo(local.statusLine());
                assertThat(response.fields()).as(handshake).isEqualTo(local.fields());
                assertThat(response.text()).as(handshake).isEqualTo(local.text());
            }
        }
    }

    @Test
    void knowsTheClientsAddress() throws Exception {
        for (var port : ports()) {
            try (var socket = RawWebSocket.connect(port, "/echo")) {
                assertThat(socket.sendText("address").read().text()).isEqualTo("127.0.0.1 /echo");
            }
        }
    }

    @Test
    void carriesOtherProtocolsToo() throws Exception {
        for (var port : ports()) {
            try (var http = RawHttp.connect(port)) {
                http.send(RawHttp.request("GET", "/raw", "Upgrade: echo", "Connection: Upgrade"));
                assertThat(http.readHead().status()).isEqualTo(101);
                var sender = new Thread(() -> send(http, new byte[BIG]));
                sender.start();
                assertThat(http.stream().readNBytes(BIG)).hasSize(BIG).containsOnly(0);
                sender.join();
                http.send("bye");
                assertThat(http.stream().readAllBytes()).asString().isEqualTo("bye");
            }
        }
    }

    @Test
    void holdsNoMoreThanItsWindowsForAClientThatDoesNotRead() throws Exception {
        for (var port : List.of(nodes.remotePort(), nodes.chainedPort())) {
            try (var socket = RawWebSocket.connect(port, "/endless")) {
                assertThat(socket.answer().status()).isEqualTo(101);
                staysBounded(port);
                assertThat(socket.read().opcode()).isEqualTo(BINARY);
            }
            awaitNothing();
        }
    }

    @Test
    void holdsNoMoreThanItsWindowsForASiteThatDoesNotRead() throws Exception {
        try (var socket = RawWebSocket.connect(nodes.remotePort(), "/deaf")) {
            var sender = new Thread(() -> flood(socket));
            sender.start();
            staysBounded(nodes.remotePort());
            answers.deaf.get().resume();
            await().atMost(PATIENCE).until(() -> answers.read.get() > BIG);
            socket.reset();
            sender.join();
        }
    }

    @Test
    void aLocalOneStopsSendingToWhoDoesNotRead() throws Exception {
        try (var socket = RawWebSocket.connect(nodes.localPort(), "/endless")) {
            awaitStandstill(0);
            assertThat(socket.read().opcode()).isEqualTo(BINARY);
        }
        try (var socket = RawWebSocket.connect(nodes.localPort(), "/deaf")) {
            var start = answers.sent.get();
            var sender = new Thread(() -> flood(socket));
            sender.start();
            awaitStandstill(start);
            socket.reset();
            sender.join();
        }
    }

    private void awaitStandstill(long start) {
        var before = new AtomicLong();
        await().atMost(PATIENCE)
                .during(Duration.ofMillis(300))
                .until(() -> answers.sent.get() > start && before.getAndSet(answers.sent.get()) == answers.sent.get());
    }

    @Test
    void aSiteThatDoesNotReadStillGetsAllThatTheClientSentBeforeItLeft() throws Exception {
        for (var port : List.of(nodes.remotePort(), nodes.chainedPort())) {
            answers.read.set(0);
            try (var socket = RawWebSocket.connect(port, "/deaf")) {
                sendMany(socket);
                await().atMost(PATIENCE).until(() -> buffered() > 30_000);
            }
            answers.deaf.get().resume();
            await().atMost(PATIENCE).until(() -> answers.read.get() == MANY * 8192);
        }
    }

    @Test
    void aSiteThatNeverReadsIsClosedAfterTheIdleLimit() throws Exception {
        nodes.limits(Duration.ofSeconds(20), Duration.ofMillis(300));
        try (var socket = RawWebSocket.connect(nodes.remotePort(), "/deaf")) {
            sendMany(socket);
            await().atMost(PATIENCE).until(() -> buffered() > 30_000);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers.closed.get()).isEqualTo("deaf"));
    }

    @Test
    void tellsTheSiteThatTheClientVanished() throws Exception {
        for (var port : ports()) {
            answers.closed.set("");
            try (var socket = RawWebSocket.connect(port, "/echo")) {
                socket.sendText("hello").read();
                socket.reset();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(answers.closed.get()).isEqualTo("1006"));
        }
    }

    @Test
    void tellsTheClientToComeAgainWhenTheMemberIsLost() throws Exception {
        try (var socket = RawWebSocket.connect(nodes.remotePort(), "/echo")) {
            socket.sendText("hello").read();
            nodes.loseFar();
            var close = socket.read();
            assertThat(close.opcode()).isEqualTo(CLOSE);
            assertThat(close.code()).isEqualTo(1012);
            assertThat(socket.isClosedByPeer()).isTrue();
        }
        nodes.loseNear();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers.closed.get()).isEqualTo("1006"));
    }

    @Test
    void closesWhenSomethingIsLostOnTheWay() throws Exception {
        try (var socket = RawWebSocket.connect(nodes.remotePort(), "/echo")) {
            socket.sendText("hello").read();
            nodes.wire().loseBatchWith("lost");
            assertThat(socket.sendText("lost").read().code()).isEqualTo(1012);
            assertThat(socket.isClosedByPeer()).isTrue();
        }
    }

    private List<Integer> ports() {
        return List.of(nodes.localPort(), nodes.remotePort(), nodes.chainedPort());
    }

    private void awaitNothing() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(nodes.figures()).containsOnly(0L));
    }

    private void staysBounded(int port) throws IOException {
        var window = TransportConfig.DEFAULTS.streamWindow();
        await().atMost(PATIENCE).until(() -> buffered() >= window / 2);
        for (var i = 0; i < 50; i++) {
            assertThat(RawHttp.exchange(port, RawHttp.request("GET", "/refuse")).status())
                    .isEqualTo(403);
            assertThat(buffered()).isLessThan(2 * 2 * window);
        }
    }

    private long buffered() {
        return nodes.figures().get(2) + nodes.figures().get(3);
    }

    private static List<String> conversation(int port) throws IOException {
        var said = new ArrayList<String>();
        try (var socket = RawWebSocket.connect(port, "/echo")) {
            said.add(socket.answer().toString());
            said.add(socket.sendText("hello").read().toString());
            said.add(socket.sendText("").read().toString());
            said.add(socket.send(true, BINARY, Buffer.buffer(new byte[60_000]))
                    .read()
                    .toString());
            said.add(socket.send(true, PING, Buffer.buffer("are you there"))
                    .read()
                    .toString());
            socket.send(false, TEXT, Buffer.buffer("in ")).send(true, PING, Buffer.buffer("between"));
            said.add(socket.read().toString());
            socket.send(false, CONTINUATION, Buffer.buffer("three ")).send(true, CONTINUATION, Buffer.buffer("pieces"));
            said.add(socket.read().toString());
            socket.send(true, PONG, Buffer.buffer("unasked"));
            said.add(socket.send(
                            true,
                            CLOSE,
                            Buffer.buffer().appendUnsignedShort(4000).appendString("bye"))
                    .read()
                    .toString());
            said.add(socket.isClosedByPeer() ? "closed" : "open");
        }
        return said;
    }

    /** More than a WebSocket of Vert.x takes in while it is paused. */
    private static void sendMany(RawWebSocket socket) throws IOException {
        for (var i = 0; i < MANY; i++) {
            socket.send(true, BINARY, Buffer.buffer(new byte[8192]));
        }
    }

    private void flood(RawWebSocket socket) {
        try {
            while (true) {
                socket.send(true, BINARY, Buffer.buffer(new byte[8192]));
                answers.sent.incrementAndGet();
            }
        } catch (IOException closed) {
            // As the test ends it.
        }
    }

    private static void send(RawHttp http, byte[] bytes) {
        try {
            http.send(bytes);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
