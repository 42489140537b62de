package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.colonnade.site.SiteContext;
import io.colonnade.testing.RawHttp;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Forms as sites read them: by Vert.x Web's handler at /stored, by hand at /streamed, and without any care at /careless. */
class FormsTest {
    private static final String MULTIPART = "multipart/form-data; boundary=----XX";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private static final String ENCODED = "application/x-www-form-urlencoded";

    private Path uploads;
    private SiteServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        logged.start();
        root().addAppender(logged);
        uploads = folder;
        server = new SiteServer(this::routes);
    }

    @AfterEach
    void close() {
        server.close();
        root().detachAppender(logged);
        // whatever a client sends, no code of the site has failed
        assertThat(logged.list).noneMatch(event -> event.getLevel().equals(Level.ERROR));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private void routes(Router router, SiteContext context) {
        router.post("/stored")
                .handler(BodyHandler.create(uploads.toString()).setDeleteUploadedFilesOnEnd(true))
                .handler(FormsTest::stored);
        router.post("/streamed").handler(FormsTest::streamed);
        router.post("/careless").handler(ctx -> {
            ctx.request().setExpectMultipart(true);
            ctx.request().endHandler(v -> ctx.end(attributes(ctx.request()).encode()));
        });
        router.post("/cancelled/:turns").handler(this::cancelled);
        router.post("/full").handler(ctx -> {
            ctx.request().setExpectMultipart(true);
            ctx.request().uploadHandler(file -> file.streamToFileSystem(
                            uploads.resolve("full").toString())
                    .onSuccess(done -> ctx.end("stored"))
                    .onFailure(ctx::fail));
        });
    }

    /** Cancels an upload after some turns of the event loop. */
    private void cancelled(RoutingContext ctx) {
        ctx.request().setExpectMultipart(true);
        ctx.request().uploadHandler(file -> {
            var stored = file.streamToFileSystem(uploads.resolve("cancelled").toString());
            var cancelled = Promise.<Boolean>promise();
            after(
                    Integer.parseInt(ctx.pathParam("turns")),
                    ctx,
                    () -> cancelled.complete(file.cancelStreamToFileSystem()));
            stored.transform(done -> cancelled.future().map(was -> was + " " + done.succeeded()))
                    .onComplete(outcome -> ctx.end(outcome.result()));
        });
    }

    private static void after(int turns, RoutingContext ctx, Runnable action) {
        if (turns == 0) {
            action.run();
        } else {
            ctx.vertx().runOnContext(v -> after(turns - 1, ctx, action));
        }
    }

    private static void stored(RoutingContext ctx) {
        var files = new JsonArray();
        ctx.fileUploads().forEach(file -> files.add(file.name() + " " + file.fileName() + " " + file.size()));
        ctx.end(attributes(ctx.request()).put("files", files).encode());
    }

    private static void streamed(RoutingContext ctx) {
        var request = ctx.request();
        var files = new JsonArray();
        request.setExpectMultipart(true);
        request.uploadHandler(file -> {
            var bytes = new StringBuilder();
            file.handler(chunk -> bytes.append(chunk.toString(StandardCharsets.ISO_8859_1)));
            file.endHandler(v -> files.add(bytes.toString()));
        });
        request.end()
                .onSuccess(v -> ctx.end(attributes(request).put("files", files).encode()))
                .onFailure(ctx::fail);
    }

    private static JsonObject attributes(HttpServerRequest request) {
        var json = new JsonObject();
        request.formAttributes().forEach(field -> json.put(field.getKey(), field.getValue()));
        return json;
    }

    @Test
    void takesFormsApart() throws Exception {
        assertThat(post("/stored", ENCODED, "a=1&b=x%20y%C3%A4&c").body())
                .isEqualTo("{\"a\":\"1\",\"b\":\"x y\u00e4\",\"c\":\"\",\"files\":[]}");
        var form = field("a", "1") + file("f", "y".repeat(200_000)) + "------XX--\r\n";
        assertThat(post("/stored", MULTIPART, form).body()).isEqualTo("{\"a\":\"1\",\"files\":[\"f f.bin 200000\"]}");
        assertThat(post("/stored", MULTIPART, "------XX--\r\n").body()).isEqualTo("{\"files\":[]}");
        assertThat(post("/stored", ENCODED, "").body()).isEqualTo("{\"files\":[]}");
        awaitNoFiles();
    }

    @Test
    void meansTheSameWhereverItIsCut() throws Exception {
        var form = field("a", "bar") + file("f", "hello\r\n--\r\n\r") + field("b", "z\r") + "------XX--\r\n";
        var whole = post("/streamed", MULTIPART, form).body();
        assertThat(new JsonObject(whole).getJsonArray("files")).containsExactly("hello\r\n--\r\n\r");
        assertThat(new JsonObject(whole).getString("b")).isEqualTo("z\r");
        var wrong = new ArrayList<Integer>();
        for (var cut = 1; cut < form.length(); cut++) {
            if (!cut(form, cut).equals(whole)) {
                wrong.add(cut);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Sends the form in two pieces, each of which the server reads by itself. */
    private String cut(String form, int cut) throws IOException {
        try (var client = RawHttp.connect(server.port())) {
            client.send(RawHttp.request(
                    "POST",
                    "/streamed",
                    "Content-Type: " + MULTIPART,
                    "Expect: 100-continue",
                    "Transfer-Encoding: chunked"));
            assertThat(client.readHead().status()).isEqualTo(100);
            client.send(chunk(form.substring(0, cut)) + chunk(form.substring(cut)) + "0\r\n\r\n");
            return client.read().text();
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stored", "/streamed", "/careless"})
    void refusesAFormWithoutItsEnd(String path) throws Exception {
        for (var form : List.of(
                file("f", "hello").substring(0, 110), field("a", "1"), "------XX\r\nContent-", "nothing of the kind")) {
            assertThat(post(path, MULTIPART, form).statusCode()).as(form).isEqualTo(400);
        }
        assertThat(post(path, "multipart/form-data", field("a", "1")).statusCode())
                .as("no boundary")
                .isEqualTo(400);
        assertThat(post(path, "multipart/form-data; boundary=", field("a", "1")).statusCode())
                .as("empty boundary")
                .isEqualTo(400);
        awaitNoFiles();
    }

    @Test
    void whatIsCancelledLeavesNoFileWheneverItIs() throws Exception {
        for (var turns = 0; turns < 300; turns++) {
            var outcome = post("/cancelled/" + turns, MULTIPART, file("f", "hello") + "------XX--\r\n")
                    .body();
            assertThat(outcome).as("after %d turns", turns).isIn("true false", "false true");
            if (outcome.equals("false true")) {
                Files.delete(uploads.resolve("cancelled"));
            }
            assertThat(files()).as("after %d turns", turns).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stored", "/streamed", "/careless"})
    void refusesAPartWhoseHeadIsTooLong(String path) throws Exception {
        for (var form : List.of(
                field("a", "1").replace("\r\n\r\n", "\r\nx: " + "a".repeat(100_000) + "\r\n\r\n"),
                "a".repeat(100_000) + "\r\n" + field("a", "1"),
                file("f", "hello") + "------XX\r\nx: " + "a".repeat(100_000))) {
            assertThat(post(path, MULTIPART, form + "------XX--\r\n").statusCode())
                    .isEqualTo(400);
        }
        var longName = field("n".repeat(10_000), "1") + "------XX--\r\n";
        assertThat(post(path, MULTIPART, longName).statusCode()).isEqualTo(200);
        awaitNoFiles();
    }

    @Test
    void takesLargeFieldsUpToTheLimits() throws Exception {
        var large = "x".repeat(300_000);
        assertThat(post("/careless", ENCODED, "a=" + large).body()).hasSizeGreaterThan(300_000);
        assertThat(post("/careless", MULTIPART, field("a", large) + "------XX--\r\n")
                        .body())
                .hasSizeGreaterThan(300_000);
        assertThat(new JsonObject(post("/careless", ENCODED, fields(1000)).body()))
                .hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stored", "/streamed", "/careless"})
    void namesTheLimitOfAFormThatIsTooLarge(String path) throws Exception {
        var large = "x".repeat(700_000);
        assertThat(post(path, ENCODED, fields(1001))).matches(isRefusedBy("app.max-form-fields"));
        assertThat(post(path, ENCODED, "a=" + large + large + large)).matches(isRefusedBy("app.max-form-bytes"));
        var parts = field("a", large) + field("b", large) + file("f", "hello") + field("c", large);
        assertThat(post(path, MULTIPART, parts + "------XX--\r\n")).matches(isRefusedBy("app.max-form-bytes"));
        awaitNoFiles();
    }

    private static Predicate<HttpResponse<String>> isRefusedBy(String key) {
        return response -> response.statusCode() == 413 && response.body().contains(key);
    }

    @Test
    void leavesNothingOfAClientThatBreaksOff() throws Exception {
        for (var i = 0; i < 20; i++) {
            try (var client = RawHttp.connect(server.port())) {
                client.send(RawHttp.request("POST", "/stored", "Content-Type: " + MULTIPART, "Content-Length: 100000")
                        + file("f", "hello".repeat(1000)));
                await().until(() -> !files().isEmpty());
            }
            awaitNoFiles();
        }
        await().until(() -> server.tier.inFlight() == 0);
        assertThat(openFiles()).isEmpty();
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        Files.createSymbolicLink(uploads.resolve("full"), Path.of("/dev/full"));
        var form = file("f", "hello".repeat(1000)) + "------XX--\r\n";
        assertThat(post("/full", MULTIPART, form).statusCode()).isEqualTo(507);
        awaitNoFiles();
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return server.post(path, body, "Content-Type", type);
    }

    private static String field(String name, String value) {
        return "------XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "------XX\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name
                + ".bin\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }

    private static String fields(int count) {
        var fields = new StringBuilder("f0=v");
        for (var i = 1; i < count; i++) {
            fields.append("&f").append(i).append("=v");
        }
        return fields.toString();
    }

    private void awaitNoFiles() {
        await().until(() -> files().isEmpty());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(uploads)) {
            return files.toList();
        }
    }

    /** The descriptors of this process that are of files in the folder of uploads. */
    private List<Path> openFiles() throws IOException {
        var open = new ArrayList<Path>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).startsWith(uploads)) {
                    open.add(descriptor);
                }
            }
        }
        return open;
    }
}
