package io.colonnade.foobar;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Answers failures that the request has caused with a problem document; leaves all others to the node. */
final class Failures implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext ctx) {
        if (ctx.response().headWritten()) {
            ctx.response().reset();
        } else if (ctx.failure() instanceof Problem problem) {
            problem.answer(ctx);
        } else if (ctx.statusCode() == 413) {
            Problem.tooLarge(null, "The body is too large; JSON may have 64 KiB, a picture 10 MiB.")
                    .answer(ctx);
        } else if (ctx.statusCode() >= 400 && ctx.statusCode() < 500) {
            Problem.of(ctx.statusCode(), "The request could not be read; check its head and its body.")
                    .answer(ctx);
        } else {
            ctx.next();
        }
    }
}
