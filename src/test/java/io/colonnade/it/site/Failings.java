package io.colonnade.it.site;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What sites do wrong, and what takes long. */
final class Failings {
    private final Vertx vertx;

    Failings(Vertx vertx) {
        this.vertx = vertx;
    }

    void addTo(Router router) {
        router.route("/throw").handler(context -> {
            throw new IllegalStateException("thrown on purpose");
        });
        router.route("/fail").handler(context -> context.fail(new IllegalStateException("failed on purpose")));
        router.route("/throw-later").handler(this::throwLater);
        router.route("/throw-in-body").handler(this::throwInBody);
        router.route("/lengthless").handler(Failings::lengthless);
        router.route("/hang-up").handler(Failings::hangUp);
        router.route("/never").handler(context -> {});
        router.route("/slow").handler(this::slow);
        router.route("/block").handler(Failings::block);
        router.route("/stream").handler(this::stream);
    }

    private void throwLater(RoutingContext context) {
        vertx.setTimer(10, timer -> {
            throw new IllegalStateException("thrown later on purpose");
        });
    }

    /** Fails after a part of the body has gone; {@code fixed} for one with a length. */
    private void throwInBody(RoutingContext context) {
        var response = context.response();
        if (context.request().getParam("fixed") == null) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", "1000");
        }
        response.write("the first part").onComplete(written -> {
            context.fail(new IllegalStateException("failed in the body on purpose"));
        });
    }

    /** Writes without having said how long the body is. */
    private static void lengthless(RoutingContext context) {
        context.response().write("without a length");
    }

    /** Closes the connection in the middle of the response. */
    private static void hangUp(RoutingContext context) {
        context.response().putHeader("content-length", "10").write("half ").onComplete(written -> {
            context.request().connection().close();
        });
    }

    /** Answers after {@code ms}. */
    private void slow(RoutingContext context) {
        vertx.setTimer(Answers.number(context, "ms", 100), timer -> context.end("slow"));
    }

    /** Blocks its event loop for {@code ms}, as a site should not. */
    private static void block(RoutingContext context) {
        try {
            Thread.sleep(Answers.number(context, "ms", 100));
            context.end("blocked");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            context.fail(stopped);
        }
    }

    /** A line every {@code ms}, without an end. */
    private void stream(RoutingContext context) {
        var response = context.response().setChunked(true).putHeader("content-type", "text/plain");
        var timer = vertx.setPeriodic(Answers.number(context, "ms", 20), tick -> {
            if (!response.writeQueueFull()) {
                response.write("line\n");
            }
        });
        response.closeHandler(closed -> vertx.cancelTimer(timer));
        response.write("first\n");
    }
}
