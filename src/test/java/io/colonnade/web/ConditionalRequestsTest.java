package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions, ranges and content codings: what of a file a request gets. */
class ConditionalRequestsTest {
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
    void answers304WithoutABodyToWhoHasIt() throws IOException {
        var tag = WebServer.tag(server.get("/css/site.css"));
        for (var condition : new String[] {
            "If-None-Match: " + tag,
            "If-None-Match: \"a,b\", W/" + tag,
            "If-None-Match: *",
            "If-None-Match: \"x\"\r\nIf-None-Match: " + tag,
            "If-None-Match: \"x\\\", " + tag,
            "If-Modified-Since: Tue, 04 Mar 2025 05:06:08 GMT",
            "If-Modified-Since: Tuesday, 04-Mar-25 05:06:09 GMT",
            "If-None-Match: " + tag + "\r\nIf-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT"
        }) {
            var response = server.get("/css/site.css", condition);
            assertThat(response.statusLine()).as(condition).isEqualTo("HTTP/1.1 304 Not Modified");
            assertThat(response.fields())
                    .containsExactly(
                            "x-web-node: amber-heron",
                            "Content-Security-Policy: frame-ancestors 'none'",
                            "X-Content-Type-Options: nosniff",
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
            assertThat(server.get("/css/site.css", condition).text())
                    .as(condition)
                    .isEqualTo("body{}");
        }
    }

    @Test
    void answers412WhenThePreconditionFails() throws IOException {
        var tag = WebServer.tag(server.get("/css/site.css"));
        for (var condition : new String[] {
            "If-Match: \"other\"", "If-Match: W/" + tag, "If-Unmodified-Since: Tue, 04 Mar 2025 05:06:07 GMT"
        }) {
            assertThat(server.get("/css/site.css", condition).status())
                    .as(condition)
                    .isEqualTo(412);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large.bin", "/index.html"})
    void sendsARange(String path) throws IOException {
        var whole = server.get(path).text();
        var response = server.get(path, "Range: bytes=2-5");
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.text()).isEqualTo(whole.substring(2, 6));
        assertThat(response.field("content-range")).contains("bytes 2-5/" + whole.length());
        assertThat(response.field("content-length")).contains("4");
        assertThat(server.get(path, "Range: bytes=-3").text()).isEqualTo(whole.substring(whole.length() - 3));
    }

    @Test
    void answers416ToARangeBeyondTheEnd() throws IOException {
        var response = server.get("/css/site.css", "Range: bytes=6-");
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.field("content-range")).contains("bytes */6");
        assertThat(response.field("cache-control")).isEmpty();
    }

    @Test
    void sendsTheRangeOnlyToWhoHasTheSameFile() throws IOException {
        var tag = WebServer.tag(server.get("/css/site.css"));
        assertThat(server.get("/css/site.css", "Range: bytes=0-1", "If-Range: " + tag)
                        .status())
                .isEqualTo(206);
        assertThat(server.get("/css/site.css", "Range: bytes=0-1", "If-Range: \"other\"")
                        .text())
                .isEqualTo("body{}");
        assertThat(server.get("/css/site.css", "Range: bytes=0-1", "If-Range: W/" + tag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRangeIsForGetOnlyAndSeveralAreTheWhole() throws IOException {
        assertThat(server.send("HEAD", "/index.html", "Range: bytes=0-1").status())
                .isEqualTo(200);
        assertThat(server.get("/index.html", "Range: bytes=0-1,3-4").text()).isEqualTo("<h1>shop</h1>");
    }

    @Test
    void sendsTheCompressedSiblingWithATagOfItsOwn() throws IOException {
        var plain = server.get("/css/site.css");
        var gzipped = server.get("/css/site.css", "Accept-Encoding: gzip, br");
        assertThat(gzipped.text()).isEqualTo("(gzipped)");
        assertThat(gzipped.field("content-encoding")).contains("gzip");
        assertThat(gzipped.field("content-type")).isEqualTo(plain.field("content-type"));
        assertThat(gzipped.field("vary")).contains("accept-encoding");
        assertThat(WebServer.tag(gzipped)).isNotEqualTo(WebServer.tag(plain));
        assertThat(server.get("/index.html", "Accept-Encoding: gzip").field("vary"))
                .isEmpty();
    }
}
