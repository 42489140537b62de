package io.colonnade.it.site;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Requests that are held for ever the first time they come, and answered each time after. The file {@code mark} tells the
 * test which node holds it, and every node that it was held.
 */
final class Holdings {
    private final String node;

    Holdings(String node) {
        this.node = node;
    }

    void addTo(Router router) {
        router.route("/hold/before-body").handler(this::holdBeforeBody);
        router.route("/hold/before-head").handler(this::holdBeforeHead);
        router.route("/hold/after-head").handler(context -> holdAfter(context, ""));
        router.route("/hold/in-body").handler(context -> holdAfter(context, "half"));
    }

    /** Marks as soon as the request's head is there, and answers when its body is. */
    private void holdBeforeBody(RoutingContext context) {
        var held = mark(context);
        context.request().body().onSuccess(body -> answer(context, held, body));
    }

    private void holdBeforeHead(RoutingContext context) {
        context.request().body().onSuccess(body -> answer(context, mark(context), body));
    }

    private void holdAfter(RoutingContext context, String part) {
        var response = context.response().putHeader("content-length", "8");
        if (part.isEmpty()) {
            response.writeHead();
        } else {
            response.write(part);
        }
        if (!mark(context)) {
            response.end("complete".substring(part.length()));
        }
    }

    private static void answer(RoutingContext context, boolean held, Buffer body) {
        if (!held) {
            context.json(new JsonObject().put("bytes", body.length()).put("hash", body.hashCode()));
        }
    }

    private boolean mark(RoutingContext context) {
        var mark = Path.of(context.request().getParam("mark"));
        try {
            var written = Files.writeString(mark.resolveSibling(mark.getFileName() + "-" + node), node);
            Files.createLink(mark, written);
            return true;
        } catch (FileAlreadyExistsException before) {
            return false;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
