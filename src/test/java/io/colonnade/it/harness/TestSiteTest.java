package io.colonnade.it.harness;

import static io.colonnade.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.site.Pattern;
import io.colonnade.site.Site;
import io.colonnade.site.SiteContext;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site from its jar, behind a plain Vert.x server. The answers of nodes are compared with these. */
class TestSiteTest {
    private static Vertx vertx;
    private static URLClassLoader loader;
    private static int port;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        vertx = Vertx.vertx();
        var jar = TestSite.in(folder).toUri().toURL();
        loader = new URLClassLoader(new URL[] {jar}, new WithoutTests());
        var site = ServiceLoader.load(Site.class, loader).stream()
                .filter(provider -> loader.equals(provider.type().getClassLoader()))
                .findFirst()
                .orElseThrow()
                .get();
        var router = await(site.start(context()));
        port = await(vertx.createHttpServer().requestHandler(router).listen(0)).actualPort();
    }

    @AfterAll
    static void stop() throws Exception {
        await(vertx.close());
        loader.close();
    }

    @Test
    void echoesAllOfARequest() throws IOException {
        var body =
                "POST /echo/a%20b?c=d&c=e HTTP/1.1\r\nHost: x.example\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 4\r\n\r\nbody";
        var seen = new JsonObject(RawHttp.exchange(port, body).text());
        assertThat(seen.getString("method")).isEqualTo("POST");
        assertThat(seen.getString("path")).isEqualTo("/echo/a%20b");
        assertThat(seen.getString("query")).isEqualTo("c=d&c=e");
        assertThat(seen.getString("authority")).isEqualTo("x.example");
        assertThat(seen.getJsonArray("fields")).contains("X-A: 1", "x-a: 2");
        assertThat(seen.getString("body")).isEqualTo("body");
    }

    @Test
    void downloadsAreWhatTheChecksumSays() throws IOException {
        var bytes = 1_000_001;
        var chunked = RawHttp.exchange(port, request("GET", "/download?bytes=" + bytes));
        assertThat(chunked.trailers()).containsExactly("x-crc32: " + Pattern.checksum(bytes));
        var fixed = RawHttp.exchange(port, request("GET", "/download?fixed&bytes=" + bytes));
        assertThat(fixed.end()).isEqualTo(RawResponse.End.LENGTH);
        assertThat(fixed.body()).isEqualTo(chunked.body());
        assertThat(fixed.body().length()).isEqualTo(bytes);
    }

    @Test
    void uploadsAreCounted() throws IOException {
        try (var http = RawHttp.connect(port)) {
            http.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n");
            http.send(Pattern.piece(0, Pattern.PIECE).getBytes());
            http.send(Pattern.piece(1, 20000 - Pattern.PIECE).getBytes());
            assertThat(new JsonObject(http.read().text()))
                    .isEqualTo(new JsonObject().put("bytes", 20000).put("crc32", Pattern.checksum(20000)));
        }
    }

    @Test
    void formsAreTakenApart() throws IOException {
        var body =
                """
                --b
                Content-Disposition: form-data; name="a"

                1
                --b
                Content-Disposition: form-data; name="f"; filename="f.txt"
                Content-Type: text/plain

                file
                --b--
                """
                        .replace("\n", "\r\n");
        var head = "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n";
        var request = head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        var form = new JsonObject(RawHttp.exchange(port, request).text());
        assertThat(form.getJsonArray("attributes")).containsExactly("a=1");
        assertThat(form.getJsonArray("files").getJsonObject(0).getString("filename"))
                .isEqualTo("f.txt");
        assertThat(form.getJsonArray("files").getJsonObject(0).getInteger("bytes"))
                .isEqualTo(4);
    }

    @Test
    void answersInEveryShape() throws IOException {
        assertThat(get("/fixed?bytes=100").body().length()).isEqualTo(100);
        assertThat(get("/chunked?chunks=2&bytes=5").chunks()).containsExactly(5, 5);
        assertThat(get("/empty").field("content-length")).contains("0");
        assertThat(get("/status/204").end()).isEqualTo(RawResponse.End.NO_BODY);
        assertThat(get("/fields?count=5&bytes=10").fieldValues("x-repeated")).hasSize(5);
        assertThat(get("/trailers").trailers()).containsExactly("x-sum: 6", "X-Other: a");
        assertThat(get("/throw").status()).isEqualTo(500);
        assertThat(get("/slow?ms=1").text()).isEqualTo("slow");
        assertThat(get("/cookies").fieldValues("set-cookie")).hasSize(2);
    }

    private static RawResponse get(String target) throws IOException {
        return RawHttp.exchange(port, request("GET", target));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** As much of a context as the start of the site needs. */
    private static SiteContext context() {
        return (SiteContext) Proxy.newProxyInstance(
                TestSiteTest.class.getClassLoader(),
                new Class<?>[] {SiteContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "vertx" -> vertx;
                    case "node" -> "test-node";
                    case "sessions" -> SessionHandler.create(LocalSessionStore.create(vertx));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Loads the classes of the tests except those of the site, which come from its jar. */
    private static final class WithoutTests extends ClassLoader {
        WithoutTests() {
            super(TestSiteTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.colonnade.it.site.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
