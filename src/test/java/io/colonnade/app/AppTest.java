package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AppTest {
    @Test
    void answersWithTheSitesRouterAndNamesTheNodeFirst() throws Exception {
        try (var server = new SiteServer((router, site) -> router.get("/hello")
                .handler(ctx -> ctx.response().putHeader("a", "b").end("Hello from " + site.node())))) {
            var raw = raw(server, "GET /hello HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            assertThat(raw)
                    .startsWith("HTTP/1.1 200 OK\r\nx-app-node: amber-heron\r\na: b\r\n")
                    .endsWith("Hello from amber-heron");
            assertThat(server.tier.served()).isEqualTo(1);
            assertThat(server.tier.inFlight()).isZero();
            assertThat(server.outcomes.get(0).succeeded()).isTrue();
        }
    }

    @Test
    void anAbsoluteUriHasThePortOfTheHostAndNoOther() throws Exception {
        try (var server = new SiteServer((router, site) ->
                router.get("/hello").handler(ctx -> ctx.end(ctx.request().absoluteURI())))) {
            assertThat(raw(server, "GET /hello?a=b HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n"))
                    .endsWith("http://shop.example/hello?a=b");
            assertThat(raw(server, "GET /hello HTTP/1.1\r\nhost: shop.example:8080\r\nconnection: close\r\n\r\n"))
                    .endsWith("http://shop.example:8080/hello");
            assertThat(raw(server, "GET /hello HTTP/1.1\r\nhost: [::1]\r\nconnection: close\r\n\r\n"))
                    .endsWith("http://[::1]/hello");
        }
    }

    @Test
    void whatNoRouteMatchesIs404() throws Exception {
        try (var server = new SiteServer((router, site) -> router.get("/hello").handler(ctx -> ctx.end()))) {
            assertThat(server.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(server.post("/hello", "").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void anExceptionOfTheSiteIs500WithTheRequestIdAndNoReason() throws Exception {
        try (var server = new SiteServer((router, site) -> router.get("/").handler(ctx -> {
            ctx.response().putHeader("etag", "\"1\"").putHeader("content-length", "3");
            throw new IllegalStateException("a secret");
        }))) {
            var json = server.get("/");
            assertThat(json.statusCode()).isEqualTo(500);
            assertThat(json.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(json.headers().firstValue("etag")).isEmpty();
            assertThat(json.headers().firstValue("x-app-node")).hasValue("amber-heron");
            assertThat(new JsonObject(json.body()).getString("requestId")).isEqualTo("r-42");
            assertThat(json.body()).doesNotContain("secret");
            var page = server.get("/", "accept", "text/html,*/*");
            assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
            assertThat(page.body()).contains("r-42").doesNotContain("secret");
        }
    }

    @Test
    void aDatabaseThatIsAwayIs503WithRetryAfter() throws Exception {
        var away = new Failure(Kind.DATABASE_UNAVAILABLE, Progress.REQUEST, "the database is away");
        try (var server = new SiteServer((router, site) -> router.get("/").handler(ctx -> ctx.fail(away)))) {
            var answer = server.get("/");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }
    }

    @Test
    void answersHeadAsGetUnlessTheSiteSpeaksOfHead() throws Exception {
        try (var server = new SiteServer((router, site) -> router.get("/").handler(ctx -> ctx.end("hello")))) {
            var head = server.head("/");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("content-length")).contains("5");
            assertThat(head.body()).isEmpty();
            assertThat(server.head("/none").statusCode()).isEqualTo(404);
        }
        try (var server = new SiteServer((router, site) -> {
            router.get("/").handler(ctx -> ctx.end("hello"));
            router.head("/own").handler(ctx -> ctx.response().setStatusCode(204).end());
        })) {
            assertThat(server.head("/own").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void otherStatusesThatTheSiteFailsWithStay() throws Exception {
        try (var server = new SiteServer((router, site) -> {
            router.get("/teapot").handler(ctx -> ctx.fail(418));
            router.get("/own")
                    .handler(ctx -> ctx.fail(new IllegalStateException()))
                    .failureHandler(ctx -> ctx.end("mine"));
        })) {
            assertThat(server.get("/teapot").statusCode()).isEqualTo(418);
            assertThat(server.get("/own").body()).isEqualTo("mine");
        }
    }

    @Test
    void aFailureInTheMiddleOfTheBodyIsNeverAWholeResponse() throws Exception {
        try (var server = new SiteServer((router, site) -> router.get("/").handler(ctx -> {
            ctx.response().setChunked(true).write("half");
            ctx.fail(new IllegalStateException("in the middle"));
        }))) {
            assertThatThrownBy(() -> server.get("/"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(HttpTimeoutException.class);
            assertThat(server.outcomes.get(0).cause()).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.SITE_FAILED);
                assertThat(failure.progress()).isEqualTo(Progress.RESPONSE);
            });
            assertThat(server.tier.inFlight()).isZero();
        }
    }

    @Test
    void tellsThatTheClientWentAwayWhateverHandlersTheSiteSets() throws Exception {
        var siteHandlers = new AtomicInteger();
        try (var server = new SiteServer((router, site) -> router.get("/").handler(ctx -> ctx.response()
                .exceptionHandler(gone -> siteHandlers.getAndIncrement())
                .closeHandler(closed -> siteHandlers.getAndIncrement())
                .endHandler(ended -> siteHandlers.getAndIncrement())))) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> server.tier.inFlight() == 1);
            }
            await().until(() -> server.tier.inFlight() == 0);
            assertThat(server.outcomes.get(0).cause())
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.DOWNSTREAM_CLOSED));
            await().until(() -> siteHandlers.get() == 3);
        }
    }

    @Test
    void runsAllOfTheSiteOnOneContextWithItsClassLoader() throws Exception {
        var contexts = new ConcurrentLinkedQueue<ClassLoader>();
        try (var server = new SiteServer((router, site) -> router.post("/").handler(ctx -> {
            contexts.add(Thread.currentThread().getContextClassLoader());
            ctx.request()
                    .setExpectMultipart(false)
                    .handler(chunk -> contexts.add(Thread.currentThread().getContextClassLoader()));
            ctx.request().endHandler(v -> {
                contexts.add(Thread.currentThread().getContextClassLoader());
                ctx.end("done");
            });
        }))) {
            assertThat(server.post("/", "body").body()).isEqualTo("done");
            assertThat(contexts).hasSize(3).containsOnly(SiteServer.class.getClassLoader());
        }
    }

    @Test
    void readsBodiesAndUploads() throws Exception {
        try (var server = new SiteServer((router, site) -> router.post("/")
                .handler(BodyHandler.create().setHandleFileUploads(false))
                .handler(ctx -> ctx.end(ctx.body().asString().length() + " on " + (Vertx.currentContext() != null))))) {
            assertThat(server.post("/", "x".repeat(300_000)).body()).isEqualTo("300000 on true");
        }
    }

    @Test
    void answersFromABlockingHandlerOnTheLanesLoop() throws Exception {
        try (var server = new SiteServer(
                (router, site) -> router.get("/").handler(site.sessions()).blockingHandler(ctx -> {
                    ctx.session().put("n", 1);
                    ctx.response().setChunked(true).write("a");
                    ctx.response().write("b");
                    ctx.response().end("c");
                }))) {
            assertThat(server.get("/").body()).isEqualTo("abc");
            assertThat(server.sessions.entries).hasSize(1);
        }
    }

    @Test
    void closesWhatTheSiteSubscribedToWithTheLane() throws Exception {
        try (var server = new SiteServer((router, site) -> {
            site.subscribe("news", message -> {});
            site.vertx().eventBus().consumer("shop.orders", message -> message.reply(message.body()));
            router.get("/").handler(ctx -> ctx.end());
        })) {
            assertThat(server.topics.subscriptions.keySet())
                    .extracting(LocalTopics.Entry::topic)
                    .containsExactly("shop/news");
            server.undeploy();
            assertThat(server.topics.subscriptions).isEmpty();
        }
    }

    private static String raw(SiteServer server, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
