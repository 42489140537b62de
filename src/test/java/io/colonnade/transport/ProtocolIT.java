package io.colonnade.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Exchange;
import io.colonnade.testing.RawHttp;
import io.vertx.core.Future;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of which one speaks a newer protocol than the other. */
class ProtocolIT {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 2, 1", "2, 1, 1", "2, 2, 2", "2, 3, 2"})
    void nodesAnswerEachOtherInTheOlderOnesProtocol(int near, int far, int spoken) throws IOException {
        try (var nodes = TwoNodes.open(ProtocolIT::echo, near, far)) {
            assertThat(post(nodes.remotePort())).isEqualTo("hello");
            assertThat(post(nodes.chainedPort())).isEqualTo("hello");
            assertThat(nodes.wire().protocols()).containsExactly(spoken);
        }
    }

    private static Future<Void> echo(Exchange exchange) {
        return exchange.request().body().compose(exchange.response()::end);
    }

    private static String post(int port) throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            return http.read().text();
        }
    }
}
