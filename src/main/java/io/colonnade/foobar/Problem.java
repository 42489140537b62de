package io.colonnade.foobar;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A failure whose answer is a problem document (RFC 9457), which says what is wrong with the request. It has no stack trace. */
final class Problem extends RuntimeException {
    private final int status;
    private final @Nullable String field;

    private Problem(int status, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** @param detail what happened, and what to do */
    static Problem of(int status, String detail) {
        return new Problem(status, null, detail);
    }

    /** 400: the value of one field is not allowed. */
    static Problem invalid(String field, String detail) {
        return new Problem(400, field, detail);
    }

    /** 413: the body, or one field of it, is too large. */
    static Problem tooLarge(@Nullable String field, String detail) {
        return new Problem(413, field, detail);
    }

    static Problem signInFirst() {
        return of(401, "Nobody is signed in; sign in with POST /api/session first.");
    }

    static Problem noMessage(String id) {
        return of(404, "There is no message " + id + ".");
    }

    int status() {
        return status;
    }

    /** Answers with {@code title}, {@code status}, {@code detail}, and {@code field} if one field is the cause. */
    void answer(RoutingContext ctx) {
        var response = ctx.response().setStatusCode(status);
        if (status == 401) {
            // RFC 9110 section 15.5.2 asks for a challenge; browsers ignore this one.
            response.putHeader("WWW-Authenticate", "Cookie");
        }
        var document = new JsonObject()
                .put("title", response.getStatusMessage())
                .put("status", status)
                .put("detail", getMessage());
        if (field != null) {
            document.put("field", field);
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json").end(document.toBuffer());
    }
}
