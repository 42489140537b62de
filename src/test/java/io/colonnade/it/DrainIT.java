package io.colonnade.it;

import static io.colonnade.testing.RawWebSocket.CLOSE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long-lasting exchanges of a node that is leaving, at its own port and at another node's port while its sites answer. */
class DrainIT {
    private static final int MANY = 12;
    private static final long SECOND = SECONDS.toNanos(1);

    @Test
    void webSocketsAndEventStreamsEndProperlyOneAfterTheOther(@TempDir Path folder) throws Exception {
        var site = TestSite.in(folder).toString();
        ExecutorService clients = Executors.newCachedThreadPool();
        try (var cluster = new Nodes()) {
            var leaving = cluster.start(launch -> launch.with("--site", site, "--set", "drain-timeout=5s"));
            var balancer = cluster.start(launch -> launch.with("--site", site, "--roles", "balancer"));
            var ends = new ArrayList<List<Future<Long>>>();
            for (var port : List.of(leaving.port(), balancer.port())) {
                ends.add(start(clients, () -> webSocket(port)));
                ends.add(start(clients, () -> events(port)));
            }
            for (var kind : ends) {
                // A first answer shows that the conversation of a client has begun.
                assertThat(kind).noneMatch(Future::isDone);
            }
            leaving.sigterm();
            for (var kind : ends) {
                assertSpread(kind);
            }
            assertThat(leaving.awaitExit()).as(leaving::log).isZero();
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<Future<Long>> start(ExecutorService clients, Callable<Callable<Long>> client) throws Exception {
        var ends = new ArrayList<Future<Long>>();
        for (var i = 0; i < MANY; i++) {
            ends.add(clients.submit(client.call()));
        }
        return ends;
    }

    /** Their ends are spread over more than a second of the window of 4.5 s. By chance alone this fails once in 10 million times. */
    private static void assertSpread(List<Future<Long>> ends) throws Exception {
        var times = new ArrayList<Long>();
        for (var end : ends) {
            times.add(end.get(20, SECONDS));
        }
        var first = times.stream().mapToLong(time -> time).min().orElseThrow();
        assertThat(times).anyMatch(time -> time - first > SECOND);
    }

    /** Opens a WebSocket. The callable waits for its close and returns the time of the close. */
    private static Callable<Long> webSocket(int port) throws IOException {
        var socket = RawWebSocket.connect(port, "/websocket");
        assertThat(socket.sendText("hello").read().text()).isEqualTo("hello");
        return () -> {
            try (socket) {
                var close = socket.read();
                var end = System.nanoTime();
                assertThat(close.opcode()).isEqualTo(CLOSE);
                assertThat(close.code()).isEqualTo(1001);
                socket.send(true, CLOSE, close.payload());
                assertThat(socket.isClosedByPeer()).isTrue();
                return end;
            }
        };
    }

    /** Opens an event stream. The callable waits for its end, which must be that of a whole response. */
    private static Callable<Long> events(int port) throws IOException {
        var http = RawHttp.connect(port).send(RawHttp.request("GET", "/events"));
        return () -> {
            try (http) {
                var response = http.read();
                assertThat(response.isComplete()).as(response::toString).isTrue();
                assertThat(response.body().toString()).isEqualTo("data: hello\n\n");
                return System.nanoTime();
            }
        };
    }
}
