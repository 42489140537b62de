package io.colonnade.web;

import static io.colonnade.testing.RawHttp.request;
import static java.util.Map.entry;

import io.colonnade.config.SiteConfig;
import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.SiteId;
import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The tier behind a server of its own, asked with raw requests; large files are those over 100 bytes. */
final class WebServer implements AutoCloseable {
    static final String LARGE = "0123456789".repeat(100_000);

    private static final SiteId SITE = new SiteId("shop", "c0ffee");
    private static final SiteId DIRECTORY = new SiteId("files", "c0ffee");
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

    final Webroots webroots;
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, AsyncResult<Void>> answered = new ConcurrentHashMap<>();
    private final int port;

    WebServer(Path folder) throws Exception {
        webroots = new Webroots(vertx, new WebConfig(100, 1000, Duration.ofSeconds(1)), folder.resolve("web"));
        var jar = TestArchive.jar(folder.resolve("shop.jar"), FILES);
        try (var archive = SiteArchive.open(jar.toString())) {
            webroots.add(SITE, SiteConfig.BUNDLED, archive);
            webroots.add(DIRECTORY, site(Files.createDirectory(folder.resolve("files"))), archive);
        }
        var web = new Web(webroots, WebServer::answerAsApplication, "amber-heron");
        var server = vertx.createHttpServer().requestHandler(request -> {
            var limits = new Exchange.TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60));
            var site = request.path().startsWith("/files/") ? DIRECTORY : SITE;
            web.handle(Exchange.open(request.pause(), "1", site, limits, Clock.system()))
                    .onComplete(outcome -> answered.put(request.uri(), outcome));
        });
        port = await(server.listen(0)).actualPort();
    }

    /** A site whose files are in a directory. */
    private static SiteConfig site(Path directory) throws IOException {
        var bundled = SiteConfig.BUNDLED;
        return new SiteConfig(
                "files",
                bundled.jar(),
                "",
                0,
                List.of(),
                false,
                Files.createDirectory(directory.resolve("files")).getParent().toString(),
                bundled.balance(),
                bundled.balanceApp(),
                bundled.cacheControl(),
                Map.of(),
                List.of(),
                Map.of());
    }

    RawHttp connect() throws IOException {
        return RawHttp.connect(port);
    }

    RawResponse get(String target, String... lines) throws IOException {
        return send("GET", target, lines);
    }

    RawResponse send(String method, String target, String... lines) throws IOException {
        return RawHttp.exchange(port, request(method, target, lines));
    }

    /** How the tier's future for the request with this target has completed. */
    AsyncResult<Void> answered(String target) {
        return Awaitility.await().until(() -> answered.get(target), Objects::nonNull);
    }

    static String tag(RawResponse response) {
        return response.field("etag").orElseThrow();
    }

    @Override
    public void close() throws Exception {
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
}
