package io.colonnade.bench.site;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The answers that need no database, as Vert.x Web code; the same for Colonnade's site and the bare server. */
public final class Routes {
    private static final Buffer PIECE = Buffer.buffer("0123456789abcdef".repeat(1_024));

    private Routes() {}

    public static Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/hello").handler(context -> answer(context, "text/plain", Content.HELLO));
        router.get("/json").handler(context -> answer(context, "application/json", Content.JSON));
        router.get("/large").handler(context -> answer(context, "application/json", Content.LARGE));
        router.get("/download").handler(Routes::download);
        router.post("/upload").handler(Routes::upload);
        return router;
    }

    private static void answer(RoutingContext context, String type, String text) {
        context.response().putHeader("content-type", type).end(text);
    }

    /** So many bytes as {@code bytes} says, a piece when the last has gone. */
    private static void download(RoutingContext context) {
        var bytes = Long.parseLong(context.request().getParam("bytes"));
        var response = context.response()
                .putHeader("content-type", "application/octet-stream")
                .putHeader("content-length", Long.toString(bytes));
        send(response, bytes);
    }

    private static void send(HttpServerResponse response, long bytes) {
        var left = bytes;
        while (left > 0 && !response.writeQueueFull()) {
            var size = (int) Math.min(left, PIECE.length());
            response.write(PIECE.slice(0, size));
            left -= size;
        }
        if (left == 0) {
            response.end();
        } else {
            var rest = left;
            response.drainHandler(drained -> send(response, rest));
        }
    }

    /** Says how many bytes came; with {@code seconds}, takes its time for so many bytes as {@code bytes} says. */
    private static void upload(RoutingContext context) {
        var request = context.request();
        var seconds = request.getParam("seconds");
        var received = new long[1];
        var pace = seconds == null ? 0 : Long.parseLong(request.getParam("bytes")) / Double.parseDouble(seconds);
        var start = System.nanoTime();
        request.handler(piece -> {
            received[0] += piece.length();
            var early = pace == 0 ? 0 : Math.round(received[0] / pace * 1e3 - (System.nanoTime() - start) / 1e6);
            if (early > 0) {
                request.pause();
                context.vertx().setTimer(early, due -> request.resume());
            }
        });
        request.endHandler(end -> answer(context, "text/plain", Long.toString(received[0])));
    }
}
