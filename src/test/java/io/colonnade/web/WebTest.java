package io.colonnade.web;

import static io.colonnade.it.RawHttp.request;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.SiteConfig;
import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.SiteId;
import io.colonnade.it.RawHttp;
import io.colonnade.it.RawResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tier behind a server of its own, asked with raw requests; large files are those over 100 bytes. */
class WebTest {
    private static final SiteId SITE = new SiteId("shop", "c0ffee");
    private static final String LARGE = "0123456789".repeat(100_000);
    private static final Map<String, String> FILES = Map.ofEntries(
            entry("webroot/index.html", "<h1>shop</h1>"),
            entry("webroot/docs/index.html", "<h1>docs</h1>"),
            entry("webroot/css/site.css", "body{}"),
            entry("webroot/css/site.css.gz", "(gzipped)"),
            entry("webroot/large.bin", LARGE),
            entry("webroot/huge.bin", "abcdefghij".repeat(3_200_000)),
            entry("webroot/grün &.txt", "green"),
            entry("webroot/empty.txt", ""),
            entry("webroot/.git/config", "secret"),
            entry("webroot/.well-known/security.txt", "contact"),
            entry("site/Secret.class", "secret"));

    private static Vertx vertx;
    private static Webroots webroots;
    private static final Map<String, AsyncResult<Void>> ANSWERED = new ConcurrentHashMap<>();
    private static int port;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        vertx = Vertx.vertx();
        webroots = new Webroots(vertx, new WebConfig(100, 1000, Duration.ofSeconds(1)), folder.resolve("web"));
        var jar = TestArchive.jar(folder.resolve("shop.jar"), FILES);
        try (var archive = SiteArchive.open(jar.toString())) {
            webroots.add(SITE, SiteConfig.DEFAULTS, archive);
        }
        var web = new Web(webroots, WebTest::answerAsApplication, "amber-heron");
        var server = vertx.createHttpServer().requestHandler(request -> {
            var limits = new Exchange.TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60));
            web.handle(Exchange.open(request.pause(), "1", SITE, limits, Clock.system()))
                    .onComplete(answered -> ANSWERED.put(request.uri(), answered));
        });
        port = await(server.listen(0)).actualPort();
    }

    @AfterAll
    static void stop() throws Exception {
        webroots.close();
        await(vertx.close());
    }

    private static Future<Void> answerAsApplication(Exchange exchange) {
        if (exchange.request().path().equals("/no-endpoint")) {
            exchange.response().setStatusCode(503).end();
            return Future.failedFuture(
                    new Failure(Failure.Kind.NO_ENDPOINT, Failure.Progress.NOTHING, "no application server"));
        }
        exchange.request().resume();
        return exchange.response()
                .end("application " + exchange.request().method() + " "
                        + exchange.request().uri());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void sendsAFileWithWhatDescribesIt() throws IOException {
        var response = get("/css/site.css");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("body{}");
        assertThat(response.fields())
                .containsExactly(
                        "x-web-node: amber-heron",
                        "etag: " + tag(response),
                        "last-modified: Tue, 04 Mar 2025 05:06:08 GMT",
                        "cache-control: public, max-age=60",
                        "vary: accept-encoding",
                        "content-type: text/css; charset=utf-8",
                        "accept-ranges: bytes",
                        "content-length: 6");
    }

    @Test
    void headHasTheFieldsOfGetAndNoBody() throws IOException {
        for (var path : new String[] {"/css/site.css", "/large.bin", "/"}) {
            var head = RawHttp.exchange(port, request("HEAD", path));
            assertThat(head.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(head.fields()).isEqualTo(get(path).fields());
        }
    }

    @Test
    void sendsALargeFileFromDisk() throws IOException {
        var response = get("/large.bin");
        assertThat(response.text()).isEqualTo(LARGE);
        assertThat(response.field("content-type")).contains("application/octet-stream");
    }

    @Test
    void sendsTheSameFromMemoryAgainAndAgain() throws IOException {
        try (var http = RawHttp.connect(port)) {
            for (var i = 0; i < 100; i++) {
                assertThat(http.send(request("GET", "/")).read().text()).isEqualTo("<h1>shop</h1>");
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send(request("GET", "/large.bin") + request("GET", "/x") + request("GET", "/docs/"));
            assertThat(http.read().text()).isEqualTo(LARGE);
            assertThat(http.read().text()).isEqualTo("application GET /x");
            assertThat(http.read().text()).isEqualTo("<h1>docs</h1>");
        }
    }

    @Test
    void theBodyOfAGetIsPassedOver() throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send("GET /docs/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + request("GET", "/x"));
            assertThat(http.read().text()).isEqualTo("<h1>docs</h1>");
            assertThat(http.read().text()).isEqualTo("application GET /x");
        }
    }

    @Test
    void redirectsADirectoryWithAnIndexAndKeepsTheQuery() throws IOException {
        var response = get("/docs?a=%2Fb&c");
        assertThat(response.status()).isEqualTo(301);
        assertThat(response.field("location")).contains("/docs/?a=%2Fb&c");
        assertThat(get("/docs").field("location")).contains("/docs/");
    }

    @Test
    void findsFilesByEncodedPathsAndWithAQuery() throws IOException {
        assertThat(get("/gr%C3%BCn%20%26.txt?v=2").text()).isEqualTo("green");
        assertThat(get("/%69ndex.html").text()).isEqualTo("<h1>shop</h1>");
        assertThat(get("http://localhost/empty.txt").field("content-length")).contains("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/messages?a=b",
                "/nothing.css",
                "/css",
                "/css/",
                "/../site/Secret.class",
                "/css/../index.html",
                "/%2e%2e/site/Secret.class",
                "/..%2fsite/Secret.class",
                "/css/..%5c..%5csite/Secret.class",
                "/index.html%00.txt",
                "//index.html",
                "/index.html/",
                "/site/Secret.class",
                "/.git/config",
                "/%2egit/config",
                "/%zz"
            })
    void handsOnWhatIsNoFile(String path) throws IOException {
        assertThat(get(path).text()).isEqualTo("application GET " + path);
    }

    @Test
    void wellKnownFilesArePublic() throws IOException {
        assertThat(get("/.well-known/security.txt").text()).isEqualTo("contact");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void handsOnOtherMethods(String method) throws IOException {
        assertThat(RawHttp.exchange(port, request(method, "/index.html")).text())
                .isEqualTo("application " + method + " /index.html");
    }

    @Test
    void answers304WithoutABodyToWhoHasIt() throws IOException {
        var tag = tag(get("/css/site.css"));
        for (var condition : new String[] {
            "If-None-Match: " + tag,
            "If-None-Match: \"a,b\", W/" + tag,
            "If-None-Match: *",
            "If-None-Match: \"x\"\r\nIf-None-Match: " + tag,
            "If-Modified-Since: Tue, 04 Mar 2025 05:06:08 GMT",
            "If-Modified-Since: Tuesday, 04-Mar-25 05:06:09 GMT",
            "If-None-Match: " + tag + "\r\nIf-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT"
        }) {
            var response = get("/css/site.css", condition);
            assertThat(response.statusLine()).as(condition).isEqualTo("HTTP/1.1 304 Not Modified");
            assertThat(response.fields())
                    .containsExactly(
                            "x-web-node: amber-heron",
                            "etag: " + tag,
                            "last-modified: Tue, 04 Mar 2025 05:06:08 GMT",
                            "cache-control: public, max-age=60",
                            "vary: accept-encoding");
        }
    }

    @Test
    void sendsTheFileToWhoHasAnother() throws IOException {
        for (var condition : new String[] {
            "If-None-Match: \"other\"",
            "If-None-Match: \"other\"\r\nIf-Modified-Since: Sat, 01 Jan 2028 00:00:00 GMT",
            "If-Modified-Since: Tue, 04 Mar 2025 05:06:07 GMT",
            "If-Modified-Since: yesterday",
            "If-Match: *",
            "If-Unmodified-Since: Tue, 04 Mar 2025 05:06:08 GMT"
        }) {
            assertThat(get("/css/site.css", condition).text()).as(condition).isEqualTo("body{}");
        }
    }

    @Test
    void answers412WhenThePreconditionFails() throws IOException {
        var tag = tag(get("/css/site.css"));
        for (var condition : new String[] {
            "If-Match: \"other\"", "If-Match: W/" + tag, "If-Unmodified-Since: Tue, 04 Mar 2025 05:06:07 GMT"
        }) {
            assertThat(get("/css/site.css", condition).status()).as(condition).isEqualTo(412);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large.bin", "/index.html"})
    void sendsARange(String path) throws IOException {
        var whole = get(path).text();
        var response = get(path, "Range: bytes=2-5");
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.text()).isEqualTo(whole.substring(2, 6));
        assertThat(response.field("content-range")).contains("bytes 2-5/" + whole.length());
        assertThat(response.field("content-length")).contains("4");
        assertThat(get(path, "Range: bytes=-3").text()).isEqualTo(whole.substring(whole.length() - 3));
    }

    @Test
    void answers416ToARangeBeyondTheEnd() throws IOException {
        var response = get("/css/site.css", "Range: bytes=6-");
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.field("content-range")).contains("bytes */6");
        assertThat(response.field("cache-control")).isEmpty();
    }

    @Test
    void sendsTheRangeOnlyToWhoHasTheSameFile() throws IOException {
        var tag = tag(get("/css/site.css"));
        assertThat(get("/css/site.css", "Range: bytes=0-1", "If-Range: " + tag).status())
                .isEqualTo(206);
        assertThat(get("/css/site.css", "Range: bytes=0-1", "If-Range: \"other\"")
                        .text())
                .isEqualTo("body{}");
        assertThat(get("/css/site.css", "Range: bytes=0-1", "If-Range: W/" + tag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRangeIsForGetOnlyAndSeveralAreTheWhole() throws IOException {
        assertThat(RawHttp.exchange(port, request("HEAD", "/index.html", "Range: bytes=0-1"))
                        .status())
                .isEqualTo(200);
        assertThat(get("/index.html", "Range: bytes=0-1,3-4").text()).isEqualTo("<h1>shop</h1>");
    }

    @Test
    void sendsTheCompressedSiblingWithATagOfItsOwn() throws IOException {
        var plain = get("/css/site.css");
        var gzipped = get("/css/site.css", "Accept-Encoding: gzip, br");
        assertThat(gzipped.text()).isEqualTo("(gzipped)");
        assertThat(gzipped.field("content-encoding")).contains("gzip");
        assertThat(gzipped.field("content-type")).isEqualTo(plain.field("content-type"));
        assertThat(gzipped.field("vary")).contains("accept-encoding");
        assertThat(tag(gzipped)).isNotEqualTo(tag(plain));
        assertThat(get("/index.html", "Accept-Encoding: gzip").field("vary")).isEmpty();
    }

    @Test
    void theFutureCompletesWhenTheResponseHasEnded() throws IOException {
        get("/large.bin?ends");
        assertThat(answered("/large.bin?ends").succeeded()).isTrue();
    }

    @Test
    void theApplicationsFailureIsTheTiers() throws IOException {
        get("/no-endpoint");
        assertThat(answered("/no-endpoint").cause()).hasMessage("no application server");
    }

    @Test
    void failsWhenTheClientGoesAwayInTheMiddle() throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send(request("GET", "/huge.bin")).readHead();
            http.reset();
        }
        assertThat(answered("/huge.bin").cause()).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DOWNSTREAM_CLOSED);
            assertThat(failure.progress()).isEqualTo(Failure.Progress.RESPONSE);
        });
    }

    private static AsyncResult<Void> answered(String uri) {
        return Awaitility.await().until(() -> ANSWERED.get(uri), Objects::nonNull);
    }

    @Test
    void countsWhatItServes() throws IOException {
        var before = webroots.status();
        get("/css/site.css");
        get("/css/site.css", "If-None-Match: *");
        var after = webroots.status();
        assertThat(after.getLong("filesServed") - before.getLong("filesServed")).isEqualTo(1);
        assertThat(after.getLong("bytesServed") - before.getLong("bytesServed")).isEqualTo(6);
        assertThat(after.getLong("notModified") - before.getLong("notModified")).isEqualTo(1);
        assertThat(after.getLong("inMemoryBytes")).isBetween(1L, 100L);
    }

    private static RawResponse get(String target, String... lines) throws IOException {
        return RawHttp.exchange(port, request("GET", target, lines));
    }

    private static String tag(RawResponse response) {
        return response.field("etag").orElseThrow();
    }
}
