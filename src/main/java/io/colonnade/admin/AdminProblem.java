package io.colonnade.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Answers with a problem document (RFC 9457). */
final class AdminProblem {
    private AdminProblem() {}

    /** @param detail what happened, and what to do */
    static void answer(HttpServerResponse response, int status, String detail) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end(new JsonObject()
                        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }
}
