package io.colonnade.balancer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.DrainWindow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublicPortTest {
    private static final String GET = OpenPort.GET;
    private final OpenPort node = new OpenPort();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void tellsEachConnectionToCloseWhileItDrains() throws Exception {
        try (var busy = node.client();
                var idle = node.client()) {
            busy.send(GET).response();
            idle.send(GET).response();
            var stopped = node.port.stop(Duration.ofSeconds(5), window(Duration.ofSeconds(5)));
            await().until(() -> !node.port.status().getBoolean("accepting"));
            assertThat(busy.send(GET).rest()).startsWith("HTTP/1.1 200").contains("connection: close");
            assertThat(idle.rest()).isEmpty();
            stopped.await(4, SECONDS);
        }
        assertThatThrownBy(node::client).isInstanceOf(ConnectException.class);
        await().untilAsserted(() ->
                assertThat(node.port.status().getInteger("connections")).isZero());
    }

    @Test
    void leavesConnectionsForWhichThereIsNoRoomWaiting() throws Exception {
        node.port.room(2, 2);
        try (var first = node.client();
                var second = node.client()) {
            first.send(GET).response();
            second.send(GET).response();
            await().until(() -> node.port.isFull());
            assertThat(node.port.status().getBoolean("accepting")).isFalse();
            try (var waiting = node.client()) {
                waiting.send(GET);
                assertThat(first.send(GET).response()).startsWith("HTTP/1.1 200");
                node.port.room(1, 2);
                assertThat(node.port.isFull()).isTrue();
                assertThat(node.port.status().getInteger("connections")).isEqualTo(2);
                node.port.room(3, 2);
                assertThat(node.port.isFull()).isFalse();
                assertThat(waiting.response()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void leavesAPortThatAnotherMemberHasAndComesBack() throws Exception {
        node.membership.snapshot = OpenPort.snapshotOnPort(node.port.address().port());
        try (var kept = node.client()) {
            kept.send(GET).response();
            node.port.drain(window(Duration.ofSeconds(5))).await(5, SECONDS);
            assertThatThrownBy(node::client).isInstanceOf(ConnectException.class);
            node.port.undrain().await(5, SECONDS);
            assertThat(kept.send(GET).response()).doesNotContain("connection: close");
        }
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).doesNotContain("connection: close");
        }
    }

    @Test
    void takesOtherLimitsWhileItRuns() throws Exception {
        try (var kept = node.client()) {
            kept.send(GET).response();
            node.port.configure(OpenPort.config(300, 10, List.of()));
            await().untilAsserted(() ->
                    assertThat(status(OpenPort.get("/" + "x".repeat(400)))).isEqualTo("414"));
            var body = "POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 11\n\n";
            assertThat(kept.send(body).response()).startsWith("HTTP/1.1 413");
        }
        assertThat(status(OpenPort.get("/" + "x".repeat(200)))).isEqualTo("200");
    }

    private String status(String request) throws IOException {
        try (var client = node.client()) {
            return client.send(request)
                    .response()
                    .substring("HTTP/1.1 ".length())
                    .substring(0, 3);
        }
    }

    @Test
    void refusesAPortThatAStrangerHas() throws IOException {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () -> node.another(stranger.getLocalPort()).claim().await(10, SECONDS))
                    .hasMessageContaining("is taken by a process that is no member of cluster blue");
        }
    }

    @Test
    void keepsThePortThatItChoseUntilItIsReleased() throws Exception {
        var chosen = node.another(0);
        var address = chosen.claim().await(10, SECONDS);
        try (var stranger = new ServerSocket()) {
            // As the system looks for a port for who asks for any.
            stranger.setReuseAddress(false);
            var there = new InetSocketAddress(address.host(), address.port());
            assertThatThrownBy(() -> stranger.bind(there)).isInstanceOf(BindException.class);
            chosen.release();
            stranger.bind(there);
        }
    }

    @Test
    void sharesAPortThatAMemberHas() throws Exception {
        node.membership.snapshot = OpenPort.snapshotOnPort(node.port.address().port());
        var claimed = node.another(node.port.address().port()).claim().await(10, SECONDS);
        assertThat(claimed).isEqualTo(node.port.address());
    }

    private static DrainWindow window(Duration length) {
        return new DrainWindow(System.nanoTime(), length, () -> 0.5);
    }

    @Test
    void endsAStreamOfEventsInTheDrainAndTellsItsTier() throws Exception {
        var closed = new AtomicBoolean();
        var late = new AtomicReference<Future<Void>>();
        node.local = exchange -> {
            var response = exchange.response().setChunked(true).putHeader("content-type", "text/event-stream");
            response.closeHandler(gone -> {
                closed.set(true);
                late.set(response.write("data: 2\n\n"));
            });
            response.write("data: 1\n\n");
            return Promise.<Void>promise().future();
        };
        try (var client = node.client()) {
            client.send(GET);
            await().until(() -> node.port.status().getInteger("inFlight") == 1);
            node.port.drain(window(Duration.ofMillis(10))).await(5, SECONDS);
            assertThat(client.rest()).endsWith("\r\n9\r\ndata: 1\n\n\r\n0\r\n\r\n");
        }
        assertThat(closed).isTrue();
        assertThat(late.get().failed()).isTrue();
        assertThat(node.port.status().getInteger("errors")).isZero();
    }
}
