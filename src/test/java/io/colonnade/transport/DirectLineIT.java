package io.colonnade.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.testing.RawHttp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes that connect to one another and leave the bus. */
class DirectLineIT {
    private static final int BIG = 3_000_000;
    private static final int CLIENTS = 8;
    private static final int PIECE = 100_000;

    private TwoNodes nodes = TwoNodes.openDirect(DirectLineIT::answer, 2, 2);

    @AfterEach
    void leavesNothingBehind() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(nodes.figures()).containsOnly(0L));
        nodes.close();
    }

    @Test
    void whatFollowsGoesByTheLineBothWays() throws Exception {
        awaitLine();
        var before = nodes.wire().batches();
        var body = "y".repeat(BIG);
        for (var port : List.of(nodes.remotePort(), nodes.chainedPort())) {
            assertThat(echo(port, body)).isEqualTo(body);
        }
        assertThat(nodes.wire().batches()).isEqualTo(before);
    }

    @Test
    void whatTheBusStillCarriesComesFirst() throws Exception {
        nodes.wire().delay(200);
        var clients = new ArrayList<RawHttp>();
        for (var client = 0; client < CLIENTS; client++) {
            clients.add(RawHttp.connect(nodes.remotePort()));
        }
        for (var round = 0; nodes.directLinks() < 2 || round < 3; round++) {
            for (var client : clients) {
                client.send(post("in order"));
                Thread.sleep(10);
            }
            for (var client : clients) {
                assertThat(client.read().text()).isEqualTo("in order");
            }
        }
        for (var client : clients) {
            client.close();
        }
        assertThat(nodes.lastFailure()).isNull();
    }

    @Test
    void isGivenUpIfWhatTheBusCarriesDoesNotCome() throws Exception {
        nodes.wire().delay(1500);
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            http.readHead();
            assertThat(http.isClosedByPeer()).isTrue();
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        nodes.wire().delay(0);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> echo(nodes.remotePort(), "again").equals("again"));
    }

    @Test
    void itsEndBreaksWhatItCarriedAndTheBusGoesOn() throws Exception {
        awaitLine();
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            http.readHead();
            nodes.closeFarLines();
            assertThat(http.isClosedByPeer()).isTrue();
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.RESPONSE);
        await().until(() -> nodes.directLinks() == 0);
        assertThat(echo(nodes.remotePort(), "by the bus")).isEqualTo("by the bus");
    }

    @Test
    void isNotAskedForOfWhoDoesNotKnowIt() throws Exception {
        nodes.close();
        nodes = TwoNodes.openDirect(DirectLineIT::answer, 2, 1);
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            http.readHead();
            var before = nodes.wire().batches();
            await().until(() -> nodes.wire().batches() > before + 10);
            assertThat(nodes.directLinks()).isZero();
            assertThat(nodes.lastFailure()).isNull();
        }
    }

    @Test
    void carriesWhatIsWrittenInPiecesFasterThanTheWindowAllows() throws Exception {
        awaitLine();
        for (var port : List.of(nodes.remotePort(), nodes.chainedPort())) {
            try (var http = RawHttp.connect(port)) {
                http.send(RawHttp.request("GET", "/pieces"));
                assertThat(http.read().text()).hasSize(3 * PIECE);
            }
        }
    }

    private void awaitLine() {
        await().until(() -> {
            echo(nodes.remotePort(), "hello");
            return nodes.directLinks() == 2;
        });
    }

    private static String echo(int port, String body) throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send(post(body));
            return http.read().text();
        }
    }

    private static String post(String body) {
        return "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static Future<Void> answer(Exchange exchange) {
        var response = exchange.response();
        if (exchange.request().path().equals("/hang")) {
            return response.setChunked(true).writeHead();
        }
        if (exchange.request().path().equals("/pieces")) {
            return pieces(response.setChunked(true));
        }
        return exchange.request().body().compose(response::end);
    }

    private static Future<Void> pieces(HttpServerResponse response) {
        for (var piece = 0; piece < 3; piece++) {
            response.write(Buffer.buffer(new byte[PIECE]));
        }
        return response.end();
    }
}
