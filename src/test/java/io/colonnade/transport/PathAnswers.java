package io.colonnade.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.transport.frame.UnwritableFrameException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A tier that answers by the path of the request, and keeps requests that hang. */
final class PathAnswers {
    private static final int ENDLESS_PIECE = 32 * 1024;
    static final int BIG = 3_000_000;

    private static final Map<String, Consumer<HttpServerRequest>> ANSWERS = Map.ofEntries(
            Map.entry("/empty", request -> request.response().end()),
            Map.entry("/fixed", request -> request.response().end("forty-two")),
            Map.entry("/chunked", PathAnswers::chunked),
            Map.entry(
                    "/status", request -> request.response().setStatusCode(418).end("teapot")),
            Map.entry("/204", request -> request.response().setStatusCode(204).end()),
            Map.entry("/304", request -> request.response()
                    .setStatusCode(304)
                    .putHeader("etag", "\"a\"")
                    .end()),
            Map.entry("/fields", PathAnswers::fields),
            Map.entry("/cookies", PathAnswers::cookies),
            Map.entry("/trailers", PathAnswers::trailers),
            Map.entry("/hints", PathAnswers::hints),
            Map.entry("/large-head", PathAnswers::largeHead),
            Map.entry("/large-trailer", PathAnswers::largeTrailer),
            Map.entry("/head-only", request -> request.response()
                    .putHeader("content-length", "5")
                    .writeHead()
                    .onSuccess(v -> request.response().end("later"))),
            Map.entry("/big", request -> request.response().end(Buffer.buffer(new byte[BIG]))),
            Map.entry("/echo", PathAnswers::echo),
            Map.entry("/late", PathAnswers::late),
            Map.entry("/early", request -> request.response().setStatusCode(413).end("too much")),
            Map.entry("/close-first", request -> request.connection().close()),
            Map.entry("/close-midway", PathAnswers::closeMidway));

    /** More than any frame holds. */
    private static void largeHead(HttpServerRequest request) {
        var response = request.response().putHeader("x-large", "x".repeat(5_000_000));
        assertThatThrownBy(() -> response.end("body")).isInstanceOf(UnwritableFrameException.class);
    }

    /** More than trailers may have between two nodes. */
    private static void largeTrailer(HttpServerRequest request) {
        var response = request.response().setChunked(true);
        response.write("body").onSuccess(written -> {
            response.putTrailer("x-large", "x".repeat(100_000));
            assertThatThrownBy(response::end).isInstanceOf(UnwritableFrameException.class);
        });
    }

    private final AtomicReference<HttpServerRequest> hanging = new AtomicReference<>();
    private final AtomicReference<String> seen = new AtomicReference<>("");

    /** The request for {@code /hang} or {@code /hang-after-head} that arrived last; null if none has. */
    @Nullable
    HttpServerRequest hanging() {
        return hanging.get();
    }

    /** What the tier was told of the client of a request that hangs: empty, or "closed". */
    String seen() {
        return seen.get();
    }

    void forget() {
        hanging.set(null);
        seen.set("");
    }

    Future<Void> answer(Exchange exchange) {
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
}
