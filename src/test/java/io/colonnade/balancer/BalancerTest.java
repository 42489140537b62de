package io.colonnade.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BalancerTest {
    private static final String GET = OpenPort.GET;
    private final OpenPort node = new OpenPort();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void answersOverOneConnectionAgainAndAgain() throws IOException {
        try (var client = node.client()) {
            for (var i = 0; i < 3; i++) {
                var response = client.send(GET).response();
                assertThat(response).startsWith("HTTP/1.1 200 OK").contains("x-balancer-node: amber-heron");
                assertThat(response).doesNotContainIgnoringCase("connection:");
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var client = node.client()) {
            client.send(OpenPort.get("/1") + OpenPort.get("/2") + OpenPort.get("/3"));
            assertThat(client.response()).contains("GET /1");
            assertThat(client.response()).contains("GET /2");
            assertThat(client.response()).contains("GET /3");
        }
    }

    @Test
    void closesAfterAnHttp10Request() throws IOException {
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.0\nHost: www.foobar.com\n\n").rest())
                    .startsWith("HTTP/1.0 200 OK");
        }
    }

    @Test
    void keepsAnHttp10ConnectionThatAsksForIt() throws IOException {
        try (var client = node.client()) {
            var request = "GET / HTTP/1.0\nHost: www.foobar.com\nConnection: keep-alive\n\n";
            assertThat(client.send(request).response()).contains("connection: keep-alive");
            assertThat(client.send(request).response()).startsWith("HTTP/1.0 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1|400",
                "GET / HTTP/1.1~Host: a~Host: www.foobar.com|400",
                "GET / HTTP/1.1~Host: www.foo bar.com|400",
                "GET nowhere HTTP/1.1~Host: www.foobar.com|400",
                "GET / HTTP/1.1~Host: www.foobar.com~bad field|400",
                "POST / HTTP/1.1~Host: www.foobar.com~Transfer-Encoding: gzip|400",
                "GET / HTTP/1.1~Host: www.foobar.com~: value|400",
                "GET / XTTP/1.1~Host: www.foobar.com|400",
                "GET / HTTP/2.0~Host: www.foobar.com|505",
                "CONNECT www.foobar.com:80 HTTP/1.1~Host: www.foobar.com:80|501",
                "GET / HTTP/1.1~Host: unknown.org|404",
                "POST / HTTP/1.1~Host: www.foobar.com~Content-Length: 101|413",
            })
    void refuses(String request, int status) throws IOException {
        try (var client = node.client()) {
            assertThat(client.send(request.replace('~', '\n') + "\n\n").response())
                    .startsWith("HTTP/1.1 " + status)
                    .contains("<h1>")
                    .contains("x-request-id");
        }
    }

    @Test
    void refusesALongTargetAndLongFields() throws IOException {
        try (var client = node.client()) {
            assertThat(client.send(OpenPort.get("/" + "a".repeat(2000))).response())
                    .contains(" 414 ");
        }
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.1\nHost: www.foobar.com\nA: " + "a".repeat(3000) + "\n\n")
                            .response())
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void refusesAChunkedBodyThatTurnsOutTooLong() throws IOException {
        node.local = OpenPort::echoBody;
        try (var client = node.client()) {
            client.send("POST / HTTP/1.1\nHost: www.foobar.com\nTransfer-Encoding: chunked\n\n");
            client.send("40\n" + "a".repeat(64) + "\n40\n" + "a".repeat(64) + "\n");
            assertThat(client.response()).startsWith("HTTP/1.1 413").contains("connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\nhello!\n0\n\n", "x\nhello\n", "-1\n", "5\nhello\n0\n: x\n\n"})
    void refusesABodyWhoseChunksCannotBeRead(String chunks) throws IOException {
        node.local = OpenPort::echoBody;
        try (var client = node.client()) {
            client.send("POST / HTTP/1.1\nHost: www.foobar.com\nTransfer-Encoding: chunked\n\n" + chunks + GET);
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 400")
                    .contains("connection: close")
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void acceptsTheAbsoluteForm() throws IOException {
        try (var client = node.client()) {
            assertThat(client.send("GET http://www.foobar.com/x HTTP/1.1\nHost: other\n\n")
                            .response())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answersHttp10WithoutAHostForTheFirstSite() throws IOException {
        node.local = exchange ->
                exchange.response().end("host=" + exchange.request().authority().host());
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.0\n\n").rest())
                    .startsWith("HTTP/1.0 200")
                    .endsWith("host=www.foobar.com");
        }
    }

    @Test
    void answersALaterMinorVersionAsHttp11() throws IOException {
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.2\nHost: www.foobar.com\n\n").response())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TE, close", "close, TE", "foo ,\tClose", "keep-alive\nConnection: close"})
    void closesWhereverInTheListCloseStands(String connection) throws IOException {
        try (var client = node.client()) {
            client.send("GET / HTTP/1.1\nHost: www.foobar.com\nConnection: " + connection + "\n\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200").contains("connection: close");
        }
    }

    @Test
    void dropsWhatClientsMustNotSay() throws IOException {
        node.local = exchange ->
                exchange.response().end(exchange.request().headers().entries().toString());
        try (var client = node.client()) {
            var fields = client.send(
                            """
                            GET / HTTP/1.1
                            Host: www.foobar.com
                            Connection: x-secret, content-length
                            X-Secret: 1
                            X-Forwarded-For: 6.6.6.6
                            Forwarded: for=6.6.6.6
                            X-Real-IP: 6.6.6.6
                            X-Forwarded-Prefix: /6.6.6.6
                            x-FORWARDED-port: 6.6.6.6
                            X-Forwarded: 6.6.6.6
                            TE: gzip, trailers
                            X-Request-Id: abc

                            """)
                    .response();
            assertThat(fields)
                    .doesNotContain("6.6.6.6", "X-Secret", "gzip")
                    .contains("x-forwarded-for=127.0.0.1", "forwarded=for=127.0.0.1;host=\"www.foobar.com\";proto=http")
                    .contains("x-forwarded-proto=http", "x-request-id=abc", "=trailers");
        }
    }

    @Test
    void stripsConnectionFieldsOfTheAnswer() throws IOException {
        node.local = exchange -> exchange.response()
                .putHeader("connection", "x-private")
                .putHeader("x-private", "1")
                .putHeader("keep-alive", "timeout=5")
                .headersEndHandler(v -> exchange.response().putHeader("x-late", "kept"))
                .end("ok");
        try (var client = node.client()) {
            assertThat(client.send(GET).response())
                    .contains("x-late: kept")
                    .doesNotContain("x-private", "keep-alive", "connection");
        }
    }

    @Test
    void closesWhenABodyMayComeThatItDidNotAskFor() throws IOException {
        node.local = exchange -> exchange.response().setStatusCode(401).end("who are you?");
        for (var refused : List.of("Content-Length: 5", "Content-Length: 101", "Transfer-Encoding: chunked")) {
            try (var client = node.client()) {
                var head = "PUT / HTTP/1.1\nHost: www.foobar.com\nExpect: 100-continue\n" + refused + "\n\n";
                assertThat(client.send(head).rest())
                        .matches("(?s)HTTP/1.1 4(01|13) .*")
                        .contains("connection: close");
            }
        }
    }

    @Test
    void keepsTheConnectionWhoseBodyItAskedFor() throws IOException {
        node.local = exchange -> {
            exchange.response().writeContinue();
            return exchange.request().body().compose(body -> exchange.response().end(body));
        };
        try (var client = node.client()) {
            client.send("PUT / HTTP/1.1\nHost: www.foobar.com\nExpect: 100-continue\nContent-Length: 5\n\n");
            assertThat(client.send("hello" + GET.replace("\n\n", "\nConnection: close\n\n"))
                            .rest())
                    .matches("(?s)HTTP/1.1 100 .*HTTP/1.1 200 .*hello.*HTTP/1.1 200 .*");
        }
    }

    @Test
    void refusesAPipelinedBodyThatTurnsOutTooLongAndNotTheRequestBefore() throws IOException {
        var first = Promise.<Void>promise();
        node.local = exchange -> exchange.request().uri().equals("/slow")
                ? first.future().compose(v -> exchange.response().end("first"))
                : OpenPort.echoBody(exchange);
        try (var client = node.client()) {
            client.send(
                    OpenPort.get("/slow") + "POST / HTTP/1.1\nHost: www.foobar.com\nTransfer-Encoding: chunked\n\n80\n"
                            + "a".repeat(128) + "\n0\n\n");
            node.onLane(first::complete);
            assertThat(client.response()).startsWith("HTTP/1.1 200").contains("first");
            assertThat(client.rest()).startsWith("HTTP/1.1 413").contains("connection: close");
        }
    }

    @Test
    void trustsAProxyAsLongAsItIsConfiguredToAndNoLonger() throws Exception {
        node.local =
                exchange -> exchange.response().end("for=" + exchange.request().getHeader("x-forwarded-for"));
        var request = GET.replace("\n\n", "\nX-Forwarded-For: 203.0.113.7\n\n");
        try (var kept = node.client()) {
            assertThat(kept.send(request).response()).endsWith("for=127.0.0.1");
            node.port.configure(OpenPort.config(2048, 100, List.of("127.0.0.0/8")));
            await().until(() -> kept.send(request).response().endsWith("for=203.0.113.7, 127.0.0.1"));
            node.port.configure(OpenPort.config(2048, 100, List.of()));
            await().until(() -> kept.send(request).response().endsWith("for=127.0.0.1"));
        }
    }

    @Test
    void addsToWhatATrustedProxySaysInWholeElements() throws Exception {
        node.local = exchange ->
                exchange.response().end(exchange.request().headers().entries().toString());
        node.port.configure(OpenPort.config(2048, 100, List.of("::ffff:127.0.0.1")));
        var said =
                """
                X-Forwarded-For: 203.0.113.7
                X-Forwarded-For:
                X-Forwarded-For: 2001:db8::1
                Forwarded: for=203.0.113.7, for="a, b
                X-Forwarded-Prefix: /shop""";
        try (var client = node.client()) {
            await().until(() -> client.send(GET.replace("\n\n", "\n" + said + "\n\n"))
                    .response()
                    .contains("x-forwarded-for=203.0.113.7, 2001:db8::1, 127.0.0.1"));
            assertThat(client.send(GET.replace("\n\n", "\n" + said + "\n\n")).response())
                    .contains("forwarded=for=203.0.113.7, for=127.0.0.1;host=")
                    .contains("/shop");
        }
    }

    @Test
    void sendsNothingInformationalToHttp10() throws IOException {
        node.local = exchange -> {
            exchange.response().writeContinue();
            exchange.response()
                    .writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</a.css>"));
            return exchange.response().end("ok");
        };
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.0\nHost: www.foobar.com\n\n").rest())
                    .startsWith("HTTP/1.0 200")
                    .endsWith("ok");
        }
    }
}
