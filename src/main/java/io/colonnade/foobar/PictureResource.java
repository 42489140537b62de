package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The resource {@code /api/messages/{id}/picture}: sends part by part as the client reads, so that only one part is in memory. */
final class PictureResource {
    private final Messages messages;

    PictureResource(Messages messages) {
        this.messages = messages;
    }

    void show(RoutingContext ctx) {
        MessageResource.find(messages, ctx)
                .compose(message -> answer(ctx, message))
                .onFailure(ctx::fail);
    }

    private Future<Void> answer(RoutingContext ctx, Message message) {
        var picture = message.picture();
        if (picture == null) {
            return Future.failedFuture(Problem.of(404, "Message " + message.id() + " has no picture."));
        }
        var response = ctx.response();
        response.putHeader(HttpHeaders.ETAG, '"' + picture.digest() + '"')
                // private, so that no shared cache keeps a deleted picture
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable");
        if (ctx.isFresh()) {
            return response.setStatusCode(304).end();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, picture.type().mediaType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(picture.size()))
                .putHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        return ctx.request().method().equals(HttpMethod.HEAD)
                ? response.end()
                : from(0, picture, message.id(), response);
    }

    private Future<Void> from(int part, Picture picture, long id, HttpServerResponse response) {
        if (part == picture.parts()) {
            return response.end();
        }
        return messages.part(id, part)
                .map(found -> found.orElseThrow(() -> Problem.noMessage(String.valueOf(id))))
                .compose(bytes -> write(response, bytes))
                .compose(written -> from(part + 1, picture, id, response));
    }

    /** Writes a part. Completes when the client can take more; fails when the client has gone away. */
    private static Future<Void> write(HttpServerResponse response, Buffer bytes) {
        var written = response.write(bytes);
        if (written.failed()) {
            return written;
        }
        if (!response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        response.drainHandler(drained::tryComplete).exceptionHandler(drained::tryFail);
        return drained.future();
    }
}
