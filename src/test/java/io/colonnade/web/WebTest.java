package io.colonnade.web;

import static io.colonnade.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are answered with which file, and which are handed on. */
class WebTest {
    private static WebServer server;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        server = new WebServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void sendsAFileWithWhatDescribesIt() throws IOException {
        var response = server.get("/css/site.css");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("body{}");
        assertThat(response.fields())
                .containsExactly(
                        "x-web-node: amber-heron",
                        "Content-Security-Policy: frame-ancestors 'none'",
                        "X-Content-Type-Options: nosniff",
                        "etag: " + WebServer.tag(response),
                        "last-modified: Tue, 04 Mar 2025 05:06:08 GMT",
                        "cache-control: public, max-age=60",
                        "vary: accept-encoding",
                        "content-type: text/css; charset=utf-8",
                        "accept-ranges: bytes",
                        "content-length: 6");
    }

    @Test
    void countsWhatItAnswersItself() throws IOException {
        var before = server.webroots.served();
        var tag = WebServer.tag(server.get("/css/site.css"));
        for (var lines : List.of(
                "X: 1", "If-None-Match: " + tag, "If-Match: \"other\"", "Range: bytes=0-1", "Range: bytes=9-")) {
            server.get("/css/site.css", lines);
        }
        server.send("HEAD", "/large.bin");
        server.get("/docs");
        server.get("/api");
        Awaitility.await().untilAsserted(() -> assertThat(server.webroots.served() - before)
                .isEqualTo(8));
    }

    @Test
    void allItsResponsesHaveTheFieldsThatTheSiteWants() throws IOException {
        var current = "If-None-Match: " + WebServer.tag(server.get("/"));
        for (var line : List.of("X: 1", current, "If-Match: \"other\"", "Range: bytes=0-1", "Range: bytes=99-")) {
            assertThat(server.get("/", line).field("content-security-policy"))
                    .as(line)
                    .contains("frame-ancestors 'none'");
        }
        assertThat(server.get("/docs").field("content-security-policy")).contains("frame-ancestors 'none'");
        assertThat(server.get("/api").field("content-security-policy")).isEmpty();
    }

    @Test
    void headHasTheFieldsOfGetAndNoBody() throws IOException {
        for (var path : new String[] {"/css/site.css", "/large.bin", "/"}) {
            var head = server.send("HEAD", path);
            assertThat(head.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(head.fields()).isEqualTo(server.get(path).fields());
        }
    }

    @Test
    void sendsALargeFileFromDisk() throws IOException {
        var response = server.get("/large.bin");
        assertThat(response.text()).isEqualTo(WebServer.LARGE);
        assertThat(response.field("content-type")).contains("application/octet-stream");
    }

    @Test
    void sendsTheSameFromMemoryAgainAndAgain() throws IOException {
        try (var http = server.connect()) {
            for (var i = 0; i < 100; i++) {
                assertThat(http.send(request("GET", "/")).read().text()).isEqualTo("<h1>shop</h1>");
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var http = server.connect()) {
            http.send(request("GET", "/large.bin") + request("GET", "/x") + request("GET", "/docs/"));
            assertThat(http.read().text()).isEqualTo(WebServer.LARGE);
            assertThat(http.read().text()).isEqualTo("application GET /x");
            assertThat(http.read().text()).isEqualTo("<h1>docs</h1>");
        }
    }

    @Test
    void theBodyOfAGetIsPassedOver() throws IOException {
        try (var http = server.connect()) {
            http.send("GET /docs/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + request("GET", "/x"));
            assertThat(http.read().text()).isEqualTo("<h1>docs</h1>");
            assertThat(http.read().text()).isEqualTo("application GET /x");
        }
    }

    @Test
    void redirectsADirectoryWithAnIndexAndKeepsTheQuery() throws IOException {
        var response = server.get("/docs?a=%2Fb&c");
        assertThat(response.status()).isEqualTo(301);
        assertThat(response.field("location")).contains("/docs/?a=%2Fb&c");
        assertThat(server.get("/docs").field("location")).contains("/docs/");
    }

    @Test
    void findsFilesByEncodedPathsAndWithAQuery() throws IOException {
        assertThat(server.get("/gr%C3%BCn%20%26.txt?v=2").text()).isEqualTo("green");
        assertThat(server.get("/%69ndex.html").text()).isEqualTo("<h1>shop</h1>");
        assertThat(server.get("http://localhost/empty.txt").field("content-length"))
                .contains("0");
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
        assertThat(server.get(path).text()).isEqualTo("application GET " + path);
    }

    @Test
    void wellKnownFilesArePublic() throws IOException {
        assertThat(server.get("/.well-known/security.txt").text()).isEqualTo("contact");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void handsOnOtherMethods(String method) throws IOException {
        assertThat(server.send(method, "/index.html").text()).isEqualTo("application " + method + " /index.html");
    }

    @Test
    void theFutureCompletesWhenTheResponseHasEnded() throws IOException {
        server.get("/large.bin?ends");
        assertThat(server.answered("/large.bin?ends").succeeded()).isTrue();
    }

    @Test
    void theApplicationsFailureIsTheTiers() throws IOException {
        server.get("/no-endpoint");
        assertThat(server.answered("/no-endpoint").cause()).hasMessage("no application server");
    }

    @Test
    void failsWhenTheClientGoesAwayInTheMiddle() throws IOException {
        try (var http = server.connect()) {
            http.send(request("GET", "/huge.bin")).readHead();
            http.reset();
        }
        assertThat(server.answered("/huge.bin").cause()).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DOWNSTREAM_CLOSED);
            assertThat(failure.progress()).isEqualTo(Failure.Progress.RESPONSE);
        });
    }

    @Test
    void countsWhatItServes() throws IOException {
        var before = server.webroots.status();
        server.get("/css/site.css");
        server.get("/css/site.css", "If-None-Match: *");
        var after = server.webroots.status();
        assertThat(after.getLong("filesServed") - before.getLong("filesServed")).isEqualTo(1);
        assertThat(after.getLong("bytesServed") - before.getLong("bytesServed")).isEqualTo(6);
        assertThat(after.getLong("notModified") - before.getLong("notModified")).isEqualTo(1);
        assertThat(after.getLong("inMemoryBytes")).isBetween(1L, 100L);
    }
}
