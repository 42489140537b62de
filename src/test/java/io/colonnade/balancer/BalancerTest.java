package io.colonnade.balancer;

import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.routing.RetryConfig;
import io.colonnade.routing.Routing;
import io.colonnade.routing.RoutingConfig;
import io.colonnade.transport.Forwarder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class BalancerTest {
    private static final String GET = "GET / HTTP/1.1\nHost: www.foobar.com\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 0\n\n";
    private static final BalancerConfig CONFIG = new BalancerConfig(
            Duration.ofMillis(500),
            Duration.ofMillis(800),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            1024,
            2048,
            100,
            List.of(),
            Duration.ofMillis(250),
            RetryConfig.DEFAULTS);

    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setPreferNativeTransport(true))
            .build();
    private final Fixed membership = new Fixed(snapshot(member(1)));
    private volatile Tier local = BalancerTest::echo;
    private volatile Forwarder remote = (exchange, to, tier) -> lost(Progress.NOTHING);
    private final PublicPort port = port(0);

    @BeforeEach
    void open() throws Exception {
        start(port);
    }

    @AfterEach
    void close() throws Exception {
        port.release();
        vertx.close().await(10, SECONDS);
    }

    @Test
    void answersOverOneConnectionAgainAndAgain() throws IOException {
        try (var client = client()) {
            for (var i = 0; i < 3; i++) {
                var response = client.send(GET).response();
                assertThat(response).startsWith("HTTP/1.1 200 OK").contains("x-balancer-node: amber-heron");
                assertThat(response).doesNotContainIgnoringCase("connection:");
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var client = client()) {
            client.send(get("/1") + get("/2") + get("/3"));
            assertThat(client.response()).contains("GET /1");
            assertThat(client.response()).contains("GET /2");
            assertThat(client.response()).contains("GET /3");
        }
    }

    @Test
    void closesAfterAnHttp10Request() throws IOException {
        try (var client = client()) {
            assertThat(client.send("GET / HTTP/1.0\nHost: www.foobar.com\n\n").rest())
                    .startsWith("HTTP/1.0 200 OK");
        }
    }

    @Test
    void keepsAnHttp10ConnectionThatAsksForIt() throws IOException {
        try (var client = client()) {
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
                "GET / HTTP/1.1~Host: unknown.org|404",
                "POST / HTTP/1.1~Host: www.foobar.com~Content-Length: 101|413",
            })
    void refuses(String request, int status) throws IOException {
        try (var client = client()) {
            assertThat(client.send(request.replace('~', '\n') + "\n\n").response())
                    .startsWith("HTTP/1.1 " + status)
                    .contains("<h1>")
                    .contains("x-request-id");
        }
    }

    @Test
    void refusesALongTargetAndLongFields() throws IOException {
        try (var client = client()) {
            assertThat(client.send(get("/" + "a".repeat(2000))).response()).contains(" 414 ");
        }
        try (var client = client()) {
            assertThat(client.send("GET / HTTP/1.1\nHost: www.foobar.com\nA: " + "a".repeat(3000) + "\n\n")
                            .response())
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void refusesAChunkedBodyThatTurnsOutTooLong() throws IOException {
        local = BalancerTest::echoBody;
        try (var client = client()) {
            client.send("POST / HTTP/1.1\nHost: www.foobar.com\nTransfer-Encoding: chunked\n\n");
            client.send("40\n" + "a".repeat(64) + "\n40\n" + "a".repeat(64) + "\n");
            assertThat(client.response()).startsWith("HTTP/1.1 413").contains("connection: close");
        }
    }

    @Test
    void acceptsTheAbsoluteForm() throws IOException {
        try (var client = client()) {
            assertThat(client.send("GET http://www.foobar.com/x HTTP/1.1\nHost: other\n\n")
                            .response())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void dropsWhatClientsMustNotSay() throws IOException {
        local = exchange ->
                exchange.response().end(exchange.request().headers().entries().toString());
        try (var client = client()) {
            var fields = client.send(
                            """
                            GET / HTTP/1.1
                            Host: www.foobar.com
                            Connection: x-secret, content-length
                            X-Secret: 1
                            X-Forwarded-For: 6.6.6.6
                            Forwarded: for=6.6.6.6
                            X-Real-IP: 6.6.6.6
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
        local = exchange -> exchange.response()
                .putHeader("connection", "x-private")
                .putHeader("x-private", "1")
                .putHeader("keep-alive", "timeout=5")
                .headersEndHandler(v -> exchange.response().putHeader("x-late", "kept"))
                .end("ok");
        try (var client = client()) {
            assertThat(client.send(GET).response())
                    .contains("x-late: kept")
                    .doesNotContain("x-private", "keep-alive", "connection");
        }
    }

    @Test
    void answers503WhenNobodyCan() throws IOException {
        membership.snapshot = snapshot(member(1).roles(Role.BALANCER));
        try (var client = client()) {
            assertThat(client.send("GET / HTTP/1.1\nHost: www.foobar.com\nAccept: application/json\n\n")
                            .response())
                    .startsWith("HTTP/1.1 503")
                    .contains("retry-after: 1", "application/problem+json", "\"status\":503");
        }
    }

    @Test
    void triesAnotherMemberWhenOneIsLost() throws IOException {
        membership.snapshot = snapshot(member(1), member(2), member(3));
        try (var client = client()) {
            for (var i = 0; i < 9; i++) {
                assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(port.status().getInteger("retries")).isPositive();
    }

    @Test
    void doesNotCountMembersThatWereLostBeforeAnythingLeft() throws IOException {
        var tries = new AtomicInteger();
        membership.snapshot = onlyOthersAnswer();
        remote = (exchange, to, tier) -> tries.incrementAndGet() < 5 ? lost(Progress.NOTHING) : echo(exchange);
        try (var client = client()) {
            assertThat(client.send(POST).response()).startsWith("HTTP/1.1 200");
        }
        assertThat(tries).hasValue(5);
    }

    @Test
    void givesUpAfterThreeMembersThatMayHaveDiedOfTheRequest() throws IOException {
        var tries = new AtomicInteger();
        membership.snapshot = onlyOthersAnswer();
        remote = (exchange, to, tier) -> lost(tries.incrementAndGet() == 2 ? Progress.NOTHING : Progress.REQUEST);
        try (var client = client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 502");
        }
        assertThat(tries).hasValue(4);
    }

    @Test
    void doesNotRepeatWhatIsNotIdempotent() throws IOException {
        local = exchange -> lost(Progress.REQUEST);
        try (var client = client()) {
            assertThat(client.send(POST).response()).startsWith("HTTP/1.1 502");
        }
        assertThat(port.status().getInteger("retries")).isZero();
    }

    @Test
    void givesUpAfterThreeAttempts() throws IOException {
        local = exchange -> lost(Progress.REQUEST);
        try (var client = client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 502");
        }
        assertThat(port.status().getInteger("retries")).isEqualTo(2);
    }

    @Test
    void neverLetsABrokenAnswerLookWhole() throws IOException {
        local = exchange -> {
            exchange.response().setChunked(true).write("half");
            return lost(Progress.RESPONSE);
        };
        try (var client = client()) {
            client.send(GET);
            assertThatThrownBy(() -> assertThat(client.rest()).endsWith("0\r\n\r\n"))
                    .isInstanceOfAny(IOException.class, AssertionError.class);
        }
    }

    @Test
    void endsABrokenStreamOfEventsAsAWholeOne() throws IOException {
        local = exchange -> {
            var response = exchange.response().setChunked(true).putHeader("content-type", "text/event-stream");
            return response.write("data: 1\n\n").compose(v -> lost(Progress.RESPONSE));
        };
        try (var client = client()) {
            assertThat(client.send(GET).rest()).endsWith("\r\n9\r\ndata: 1\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void closesWhenABodyMayComeThatItDidNotAskFor() throws IOException {
        local = exchange -> exchange.response().setStatusCode(401).end("who are you?");
        for (var refused : List.of("Content-Length: 5", "Content-Length: 101", "Transfer-Encoding: chunked")) {
            try (var client = client()) {
                var head = "PUT / HTTP/1.1\nHost: www.foobar.com\nExpect: 100-continue\n" + refused + "\n\n";
                assertThat(client.send(head).rest())
                        .matches("(?s)HTTP/1.1 4(01|13) .*")
                        .contains("connection: close");
            }
        }
    }

    @Test
    void keepsTheConnectionWhoseBodyItAskedFor() throws IOException {
        local = exchange -> {
            exchange.response().writeContinue();
            return exchange.request().body().compose(body -> exchange.response().end(body));
        };
        try (var client = client()) {
            client.send("PUT / HTTP/1.1\nHost: www.foobar.com\nExpect: 100-continue\nContent-Length: 5\n\n");
            assertThat(client.send("hello" + GET.replace("\n\n", "\nConnection: close\n\n"))
                            .rest())
                    .matches("(?s)HTTP/1.1 100 .*HTTP/1.1 200 .*hello.*HTTP/1.1 200 .*");
        }
    }

    @Test
    void answers504WhenNoHeadComesInTime() throws IOException {
        local = exchange -> Promise.<Void>promise().future();
        try (var client = client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 504");
        }
    }

    @Test
    void answers408ToASlowHeadAndToASlowBody() throws IOException {
        local = BalancerTest::echoBody;
        try (var client = client()) {
            assertThat(client.send("GET / HTT").rest()).startsWith("HTTP/1.1 408");
        }
        try (var client = client()) {
            assertThat(client.send("POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 5\n\nab")
                            .rest())
                    .startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void tellsEachConnectionToCloseWhileItDrains() throws Exception {
        try (var busy = client();
                var idle = client()) {
            busy.send(GET).response();
            idle.send(GET).response();
            var stopped = port.stop(Duration.ofSeconds(5), window(Duration.ofSeconds(5)));
            await().until(() -> !port.status().getBoolean("accepting"));
            assertThat(busy.send(GET).rest()).startsWith("HTTP/1.1 200").contains("connection: close");
            assertThat(idle.rest()).isEmpty();
            stopped.await(4, SECONDS);
        }
        assertThatThrownBy(this::client).isInstanceOf(IOException.class);
        await().untilAsserted(() ->
                assertThat(port.status().getInteger("connections")).isZero());
    }

    @Test
    void leavesAPortThatAnotherMemberHasAndComesBack() throws Exception {
        membership.snapshot = snapshotOnPort(port.address().port());
        try (var kept = client()) {
            kept.send(GET).response();
            port.drain(window(Duration.ofSeconds(5))).await(5, SECONDS);
            assertThatThrownBy(this::client).isInstanceOf(IOException.class);
            port.undrain().await(5, SECONDS);
            assertThat(kept.send(GET).response()).doesNotContain("connection: close");
        }
        try (var client = client()) {
            assertThat(client.send(GET).response()).doesNotContain("connection: close");
        }
    }

    @Test
    void takesOtherLimitsWhileItRuns() throws Exception {
        try (var kept = client()) {
            kept.send(GET).response();
            port.configure(config(300, 10));
            await().untilAsserted(
                            () -> assertThat(status(get("/" + "x".repeat(400)))).isEqualTo("414"));
            var body = "POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 11\n\n";
            assertThat(kept.send(body).response()).startsWith("HTTP/1.1 413");
        }
        assertThat(status(get("/" + "x".repeat(200)))).isEqualTo("200");
    }

    private String status(String request) throws IOException {
        try (var client = client()) {
            return client.send(request)
                    .response()
                    .substring("HTTP/1.1 ".length())
                    .substring(0, 3);
        }
    }

    private static BalancerConfig config(long maxUri, long maxBody) {
        return new BalancerConfig(
                CONFIG.headTimeout(),
                CONFIG.idleTimeout(),
                CONFIG.keepAliveTimeout(),
                CONFIG.responseTimeout(),
                maxUri,
                CONFIG.maxHead(),
                maxBody,
                List.of(),
                CONFIG.drainIdle(),
                CONFIG.retry());
    }

    @Test
    void refusesAPortThatAStrangerHas() throws IOException {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> port(stranger.getLocalPort()).claim().await(10, SECONDS))
                    .hasMessageContaining("is taken by a process that is no member of cluster blue");
        }
    }

    @Test
    void keepsThePortThatItChoseUntilItIsReleased() throws Exception {
        var chosen = port(0);
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
        membership.snapshot = snapshotOnPort(port.address().port());
        var claimed = port(port.address().port()).claim().await(10, SECONDS);
        assertThat(claimed).isEqualTo(port.address());
    }

    private static DrainWindow window(Duration length) {
        return new DrainWindow(System.nanoTime(), length, () -> 0.5);
    }

    private static Snapshot onlyOthersAnswer() {
        return snapshot(member(1).roles(Role.BALANCER), member(2), member(3), member(4), member(5), member(6));
    }

    private static Snapshot snapshotOnPort(int port) {
        var others = snapshot(member(1), member(2));
        return new Snapshot(
                others.self(),
                others.members().stream()
                        .map(member -> member.id().equals(others.self()) ? member : at(member, port))
                        .toList());
    }

    private static Member at(Member member, int port) {
        return new Member(
                member.id(),
                member.name(),
                member.epoch(),
                member.roles(),
                member.state(),
                member.since(),
                member.weight(),
                member.lanes(),
                member.machine(),
                new Address("127.0.0.1", port),
                member.admin(),
                member.presence(),
                member.sites(),
                member.load(),
                member.version(),
                member.protocol(),
                member.heard());
    }

    private PublicPort port(int number) {
        return new PublicPort(vertx, CONFIG, new Address("127.0.0.1", number), "blue", membership);
    }

    private void start(PublicPort publicPort) throws Exception {
        publicPort.claim().await(10, SECONDS);
        var routing = new Routing(membership, RoutingConfig.DEFAULTS, List.of(), Clock.system());
        for (var lane = 0; lane < 2; lane++) {
            var web = routing.dispatch(
                    Role.WEB,
                    exchange -> local.handle(exchange),
                    (exchange, to, tier) -> remote.forward(exchange, to, tier));
            vertx.deployVerticle(new Balancer(publicPort, routing, web, Clock.system(), "amber-heron"))
                    .await(10, SECONDS);
        }
        publicPort.open().await(10, SECONDS);
    }

    private RawClient client() throws IOException {
        return new RawClient(port.address().port());
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\nHost: www.foobar.com\n\n";
    }

    private static Future<Void> echo(Exchange exchange) {
        var request = exchange.request();
        return exchange.response().end(request.method() + " " + request.uri());
    }

    private static Future<Void> echoBody(Exchange exchange) {
        return exchange.request().body().compose(exchange.response()::end);
    }

    private static Future<Void> lost(Progress progress) {
        return Future.failedFuture(new Failure(Kind.MEMBER_LOST, progress, "member blue-otter is gone"));
    }

    private static final class Fixed implements Membership {
        private volatile Snapshot snapshot;

        Fixed(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public void onChange(Consumer<Snapshot> listener) {
            listener.accept(snapshot);
        }
    }
}
