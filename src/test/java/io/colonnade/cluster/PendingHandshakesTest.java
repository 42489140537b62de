package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who loses its place among the connections that have proved nothing yet. */
class PendingHandshakesTest {
    private final PendingHandshakes pending = new PendingHandshakes();
    private final List<Socket> ends = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        for (var end : ends) {
            end.close();
        }
        server.close();
    }

    @Test
    void theOldestLosesItsPlace() throws IOException {
        var first = entered();
        fill();
        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void whoHasGreetedKeepsItsPlaceHoweverManyConnect() throws IOException {
        var node = entered();
        pending.greeted(node);
        for (var i = 0; i < 20; i++) {
            fill();
        }
        assertThat(node.isClosed()).isFalse();
        assertThat(ends.stream().filter(end -> end.getLocalPort() == server.getLocalPort() && !end.isClosed()))
                .hasSize(PendingHandshakes.PLACES);
    }

    @Test
    void ifAllHaveGreetedTheOldestLosesItsPlace() throws IOException {
        var first = entered();
        pending.greeted(first);
        for (var i = 0; i < PendingHandshakes.PLACES; i++) {
            var next = entered();
            pending.greeted(next);
        }
        pending.greeted(entered());
        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void aPlaceThatIsLeftIsFree() throws IOException {
        var first = entered();
        for (var i = 0; i < 20; i++) {
            pending.leave(entered());
        }
        assertThat(first.isClosed()).isFalse();
    }

    private void fill() throws IOException {
        for (var i = 0; i < PendingHandshakes.PLACES; i++) {
            var unused = entered();
        }
    }

    /** The accepted end of a new connection. */
    private Socket entered() throws IOException {
        ends.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        var accepted = server.accept();
        ends.add(accepted);
        pending.enter(accepted);
        return accepted;
    }
}
