package io.colonnade.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.colonnade.transport.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingIT {
    private final PathAnswers answers = new PathAnswers();
    private final TwoNodes nodes = TwoNodes.open(answers::answer);

    @AfterEach
    void leavesNothingBehind() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(nodes.figures()).containsOnly(0L));
        nodes.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/empty",
                "/fixed",
                "/chunked",
                "/status",
                "/204",
                "/304",
                "/fields",
                "/cookies",
                "/trailers",
                "/big",
                "/head-only",
                "/early",
                "/nowhere?a=1&b=%20x;c"
            })
    void answersAsTheLocalTierDoes(String target) throws Exception {
        for (var method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE")) {
            var request = RawHttp.request(method, target, "Cookie: a=1; b=2", "X-Twice: 1", "X-Twice: 2");
            assertSame(exchange(nodes.localPort(), request), exchange(nodes.remotePort(), request), method);
        }
    }

    @Test
    void answersHttp10AsTheLocalTierDoes() throws Exception {
        for (var target : List.of("/fixed", "/chunked", "/empty")) {
            var request = "GET " + target + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
            assertSame(exchange(nodes.localPort(), request), exchange(nodes.remotePort(), request), target);
        }
    }

    @Test
    void carriesBodiesOfAnyFramingBothWays() throws Exception {
        var head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        var chunked = head + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
        var fixed = "PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\nhello world";
        for (var request : List.of(chunked, fixed)) {
            var response = exchange(nodes.remotePort(), request);
            assertThat(response.body()).hasToString("hello world");
            assertSame(exchange(nodes.localPort(), request), response, request);
        }
    }

    @Test
    void carriesABodyThatIsLargerThanAllWindows() throws Exception {
        var body = "x".repeat(PathAnswers.BIG);
        var response = exchange(
                nodes.remotePort(),
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + PathAnswers.BIG + "\r\n\r\n" + body);
        assertThat(response.body().toString()).isEqualTo(body);
        assertThat(nodes.wire().largestBatch()).isLessThanOrEqualTo(Wire.MAX_BATCH);
    }

    @Test
    void passesInformationalResponsesOn() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hints"));
            assertThat(http.read().status()).isEqualTo(103);
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void sendsTheHeadBeforeTheBodyIsThere() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang-after-head"));
            assertThat(http.readHead().status()).isEqualTo(200);
            nodes.atFar(() -> answers.hanging().response().end());
        }
    }

    private static RawResponse exchange(int port, String request) throws Exception {
        return RawHttp.exchange(port, request);
    }

    private static void assertSame(RawResponse local, RawResponse remote, String what) {
        assertThat(remote.statusLine()).as(what).isEqualTo(local.statusLine());
        assertThat(withoutPort(remote.fields())).as(what).isEqualTo(withoutPort(local.fields()));
        assertThat(remote.body().equals(local.body()))
                .as("%s: the bodies are equal", what)
                .isTrue();
        assertThat(remote.trailers()).as(what).isEqualTo(local.trailers());
        assertThat(remote.end()).as(what).isEqualTo(local.end());
    }

    private static List<String> withoutPort(List<String> fields) {
        return fields.stream()
                .filter(field -> !field.toLowerCase(Locale.ROOT).startsWith("date:"))
                .toList();
    }
}
