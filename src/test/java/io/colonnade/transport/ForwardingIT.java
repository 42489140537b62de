package io.colonnade.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Failure;
import io.colonnade.it.RawHttp;
import io.colonnade.it.RawResponse;
import io.colonnade.transport.link.TransportConfig;
import io.colonnade.transport.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingIT {
    private static final int ENDLESS_PIECE = 32 * 1024;
    private static final int BIG = 3_000_000;

    private static final Map<String, Consumer<HttpServerRequest>> ANSWERS = Map.ofEntries(
            Map.entry("/empty", request -> request.response().end()),
            Map.entry("/fixed", request -> request.response().end("forty-two")),
            Map.entry("/chunked", ForwardingIT::chunked),
            Map.entry(
                    "/status", request -> request.response().setStatusCode(418).end("teapot")),
            Map.entry("/204", request -> request.response().setStatusCode(204).end()),
            Map.entry("/304", request -> request.response()
                    .setStatusCode(304)
                    .putHeader("etag", "\"a\"")
                    .end()),
            Map.entry("/fields", ForwardingIT::fields),
            Map.entry("/cookies", ForwardingIT::cookies),
            Map.entry("/trailers", ForwardingIT::trailers),
            Map.entry("/hints", ForwardingIT::hints),
            Map.entry("/head-only", request -> request.response()
                    .putHeader("content-length", "5")
                    .writeHead()
                    .onSuccess(v -> request.response().end("later"))),
            Map.entry("/big", request -> request.response().end(Buffer.buffer(new byte[BIG]))),
            Map.entry("/echo", ForwardingIT::echo),
            Map.entry("/form", ForwardingIT::form),
            Map.entry("/late", ForwardingIT::late),
            Map.entry("/early", request -> request.response().setStatusCode(413).end("too much")),
            Map.entry("/close-first", request -> request.connection().close()),
            Map.entry("/close-midway", ForwardingIT::closeMidway));

    private final AtomicReference<HttpServerRequest> hanging = new AtomicReference<>();
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final TwoNodes nodes = TwoNodes.open(this::answer);

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
        var body = "x".repeat(BIG);
        var response = exchange(
                nodes.remotePort(),
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BIG + "\r\n\r\n" + body);
        assertThat(response.body().toString()).isEqualTo(body);
        assertThat(nodes.wire().largestBatch()).isLessThanOrEqualTo(Wire.MAX_BATCH);
    }

    @Test
    void takesFormsApart() throws Exception {
        var urlEncoded = "a=1&b=x%20y";
        var parts =
                "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data;"
                        + " name=\"f\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\n" + "y".repeat(200_000)
                        + "\r\n--B--\r\n";
        for (var form : List.of(
                post("/form", "application/x-www-form-urlencoded", urlEncoded),
                post("/form", "multipart/form-data; boundary=B", parts))) {
            var response = exchange(nodes.remotePort(), form);
            assertThat(response.status()).isEqualTo(200);
            assertSame(exchange(nodes.localPort(), form), response, form.substring(0, 80));
        }
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
            hanging.get().response().end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/close-first", "/close-midway"})
    void neverEndsABrokenResponseAsIfItWereWhole(String target) throws Exception {
        for (var port : List.of(nodes.localPort(), nodes.remotePort())) {
            try (var http = RawHttp.connect(port)) {
                http.send(RawHttp.request("GET", target));
                assertThat(isWhole(http)).isFalse();
            }
        }
    }

    @Test
    void failsWithNothingSentWhenTheMemberCannotBeReached() throws Exception {
        nodes.wire().refuse(Integer.MAX_VALUE);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("POST", "/fixed"))
                        .status())
                .isEqualTo(502);
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.NOTHING);
        nodes.wire().refuse(0);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("POST", "/fixed"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noticesALostRequest() throws Exception {
        nodes.wire().lose(1);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/fixed"))
                        .status())
                .isEqualTo(502);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
        assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/fixed"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void doesNotSayThatNothingLeftOfARequestThatLeavesWithTheNewsOfALoss() throws Exception {
        nodes.loseAtNextForward();
        assertThat(exchange(nodes.remotePort(), RawHttp.request("POST", "/fixed"))
                        .status())
                .isEqualTo(502);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
    }

    @Test
    void noticesThatTheFirstThingTheMemberHadToSayCouldNotBeSent() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            await().pollInterval(Duration.ofMillis(1)).until(() -> hanging.get() != null);
            nodes.wire().refuse(1);
            nodes.atFar(() -> hanging.get().response().end("not sent"));
            assertThat(http.read().status()).isEqualTo(502);
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
    }

    @Test
    void noticesALostPieceOfAResponse() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang-after-head"));
            http.readHead();
            nodes.wire().lose(1);
            hanging.get().response().end("lost");
            assertThat(http.isClosedByPeer()).isTrue();
        }
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.MEMBER_LOST);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.RESPONSE);
    }

    @Test
    void failsAtOnceWhenTheMemberLeaves() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/hang"));
            await().until(() -> hanging.get() != null);
            nodes.loseFar();
            assertThat(http.read().status()).isEqualTo(502);
        }
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.REQUEST);
        nodes.atFar(() -> hanging.get().response().end());
    }

    @Test
    void tellsTheFarTierThatTheClientWentAway() throws Exception {
        for (var port : List.of(nodes.localPort(), nodes.remotePort(), nodes.chainedPort())) {
            hanging.set(null);
            seen.set("");
            try (var http = RawHttp.connect(port)) {
                http.send(RawHttp.request("GET", "/hang"));
                await().until(() -> hanging.get() != null);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(seen.get()).isEqualTo("closed"));
        }
    }

    @Test
    void aSiteThatLetsItsClientWaitMayBeSilentForLongerThanABody() throws Exception {
        nodes.limits(Duration.ofSeconds(20), Duration.ofMillis(200));
        for (var port : List.of(nodes.localPort(), nodes.remotePort(), nodes.chainedPort())) {
            assertThat(exchange(port, RawHttp.request("GET", "/late")).text()).isEqualTo("at last");
            assertThat(exchange(port, post("/late", "text/plain", "?")).text()).isEqualTo("at last");
        }
    }

    @Test
    void givesUpWhenNoHeadComesInTime() throws Exception {
        nodes.limits(Duration.ofMillis(200), Duration.ofSeconds(20));
        assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/hang")).status())
                .isEqualTo(504);
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.RESPONSE_TIMEOUT);
    }

    @Test
    void holdsNoMoreThanItsWindowForAReaderThatDoesNotRead() throws Exception {
        try (var http = RawHttp.connect(nodes.remotePort())) {
            http.send(RawHttp.request("GET", "/endless"));
            http.readHead();
            var window = TransportConfig.DEFAULTS.streamWindow();
            await().atMost(Duration.ofSeconds(20)).until(() -> nodes.figures().get(2) >= window / 2);
            for (var i = 0; i < 50; i++) {
                assertThat(nodes.figures().get(2)).isLessThanOrEqualTo(window);
                assertThat(nodes.wire().lent()).isLessThanOrEqualTo(4);
                assertThat(exchange(nodes.remotePort(), RawHttp.request("GET", "/fixed"))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void failsAsTheFarTierDid() throws Exception {
        var request = "PUT /refuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
        assertThat(exchange(nodes.remotePort(), request).status()).isEqualTo(503);
        assertThat(nodes.lastFailure().kind()).isEqualTo(Kind.SITE_UNAVAILABLE);
        assertThat(nodes.lastFailure().progress()).isEqualTo(Progress.NOTHING);
    }

    private Future<Void> answer(Exchange exchange) {
        var request = exchange.request();
        var path = request.path();
        if (ANSWERS.containsKey(path)) {
            ANSWERS.get(path).accept(request);
        } else if (path.equals("/hang")) {
            hang(request);
        } else if (path.equals("/hang-after-head")) {
            request.response().setChunked(true).writeHead().onComplete(v -> hanging.set(request));
        } else if (path.equals("/endless")) {
            endless(request.response().setChunked(true));
        } else if (path.equals("/refuse")) {
            return Future.failedFuture(new Failure(Kind.SITE_UNAVAILABLE, Progress.NOTHING, "not yet"));
        } else {
            describe(request);
        }
        return Promise.<Void>promise().future();
    }

    private void hang(HttpServerRequest request) {
        request.response().closeHandler(v -> seen.set("closed"));
        hanging.set(request);
    }

    private static void describe(HttpServerRequest request) {
        var text = new StringBuilder()
                .append(request.method())
                .append(' ')
                .append(request.uri())
                .append(' ')
                .append(request.path())
                .append(' ')
                .append(request.query())
                .append(' ')
                .append(request.version())
                .append(' ')
                .append(request.scheme())
                .append(' ')
                .append(request.authority())
                .append(' ')
                .append(request.params().entries())
                .append(' ')
                .append(request.remoteAddress().host())
                .append(' ')
                .append(request.getCookie("a").getValue())
                .append('\n');
        request.headers()
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        request.response().setStatusCode(404).end(text.toString());
    }

    private static void chunked(HttpServerRequest request) {
        var response = request.response().setChunked(true).putHeader("content-type", "text/plain");
        response.write("one ");
        response.write("two ");
        response.end("three");
    }

    private static void fields(HttpServerRequest request) {
        request.response()
                .putHeader("X-Case", "Kept")
                .putHeader("x-many", (Iterable<String>) List.of("1", "2", "3"))
                .putHeader("x-latin", "caf\u00e9")
                .putHeader("x-large", "v".repeat(7000))
                .end("ok");
    }

    private static void cookies(HttpServerRequest request) {
        var response = request.response()
                .addCookie(Cookie.cookie("new", "1").setPath("/").setHttpOnly(true));
        response.removeCookie("a");
        response.end(
                request.cookies().stream().map(Cookie::encode).sorted().toList().toString());
    }

    private static void trailers(HttpServerRequest request) {
        var response = request.response().setChunked(true);
        response.write("body");
        response.putTrailer("X-Sum", "42").end();
    }

    private static void hints(HttpServerRequest request) {
        request.response().writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</a.css>"));
        request.response().end("after the hints");
    }

    private static void echo(HttpServerRequest request) {
        var response = request.response();
        var length = request.getHeader("content-length");
        if (length == null) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", length);
        }
        request.pipeTo(response);
    }

    private static void form(HttpServerRequest request) {
        var sizes = new StringBuilder();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> {
            sizes.append(upload.name()).append(' ').append(upload.filename()).append(' ');
            var count = new int[1];
            upload.handler(chunk -> count[0] += chunk.length());
            upload.endHandler(v -> sizes.append(count[0]).append(' '));
        });
        request.endHandler(v -> request.response()
                .end(sizes + request.formAttributes().entries().toString()));
    }

    private static void late(HttpServerRequest request) {
        ((HttpServerRequestInternal) request).context().owner().setTimer(500, timer -> request.response()
                .end("at last"));
    }

    private static void closeMidway(HttpServerRequest request) {
        request.response().setChunked(true).write("half").onSuccess(v -> request.connection()
                .close());
    }

    private static void endless(HttpServerResponse response) {
        if (response.closed()) {
            return;
        }
        while (!response.writeQueueFull()) {
            response.write(Buffer.buffer(new byte[ENDLESS_PIECE]));
        }
        response.drainHandler(v -> endless(response));
    }

    private static boolean isWhole(RawHttp http) throws Exception {
        try {
            return http.read().end() != RawResponse.End.PREMATURE;
        } catch (IOException closed) {
            return false;
        }
    }

    private static String post(String target, String type, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
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
