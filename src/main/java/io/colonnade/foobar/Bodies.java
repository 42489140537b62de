package io.colonnade.foobar;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;

/** Reads request bodies: JSON into memory, and files of forms into a directory, from which they are deleted with the request. */
final class Bodies {
    private static final long MAX_JSON = 64 * 1024;

    /** In bytes: a picture, a text, and the parts of multipart around them. */
    private static final long MAX_FORM = Picture.MAX_SIZE + 64 * 1024;

    private final BodyHandler json = BodyHandler.create(false).setBodyLimit(MAX_JSON);
    private final BodyHandler form;

    Bodies(String uploads) {
        form = BodyHandler.create(uploads).setBodyLimit(MAX_FORM).setDeleteUploadedFilesOnEnd(true);
    }

    void json(RoutingContext ctx) {
        if (!type(ctx).equals("application/json")) {
            throw Problem.of(415, "Send the body as application/json.");
        }
        json.handle(ctx);
    }

    void jsonOrForm(RoutingContext ctx) {
        if (isMultipart(ctx)) {
            form.handle(ctx);
        } else if (type(ctx).equals("application/json")) {
            json.handle(ctx);
        } else {
            throw Problem.of(415, "Send the body as application/json, or as multipart/form-data with a picture.");
        }
    }

    static boolean isMultipart(RoutingContext ctx) {
        return type(ctx).equals("multipart/form-data");
    }

    /** The media type without its parameters; empty if the request has none. */
    private static String type(RoutingContext ctx) {
        var field = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return field == null ? "" : field.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
