package io.colonnade.it.site;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Responses that HTTP does not allow, or that are written from where they should not be. */
final class Oddities {
    void addTo(Router router) {
        router.route("/odd").handler(Oddities::odd);
        router.route("/odd/trailer").handler(Oddities::namelessTrailer);
        router.route("/other-thread").handler(Oddities::fromAnotherThread);
        router.route("/echo-from-worker").handler(Oddities::hold).blockingHandler(Oddities::echo);
        router.route("/blocking")
                .blockingHandler(context ->
                        context.response().putHeader("x-thread", "worker").end("from a worker"));
    }

    /** Sets what the parameters say, and answers with the {@code body}, in two parts if there is a {@code second}. */
    private static void odd(RoutingContext context) {
        var response = context.response();
        context.queryParam("status").forEach(status -> response.setStatusCode(Integer.parseInt(status)));
        context.queryParam("length").forEach(length -> response.headers().add("content-length", length));
        context.queryParam("encoding").forEach(encoding -> response.putHeader("transfer-encoding", encoding));
        context.queryParam("cookie").forEach(value -> response.addCookie(Cookie.cookie("odd", value)));
        context.queryParam("nameless").forEach(value -> response.headers().add("", value));
        var body = String.join("", context.queryParam("body"));
        if (context.queryParam("second").isEmpty()) {
            response.end(body);
        } else {
            response.write(body).onSuccess(written -> response.end(String.join("", context.queryParam("second"))));
        }
    }

    private static void namelessTrailer(RoutingContext context) {
        var response = context.response().setChunked(true);
        response.write("before the trailer").onSuccess(written -> {
            response.trailers().add("", "of no name");
            response.end();
        });
    }

    private static void hold(RoutingContext context) {
        context.request().pause();
        context.next();
    }

    /** Reads the body on a worker, which Vert.x keeps for it only because the request was paused. */
    private static void echo(RoutingContext context) {
        var body = context.request().body();
        context.request().resume();
        body.onSuccess(context::end).onFailure(context::fail);
    }

    /** Writes a body of some chunks from a thread of its own, as clients of other libraries do. */
    private static void fromAnotherThread(RoutingContext context) {
        var response = context.response().setChunked(true);
        new Thread(() -> {
                    for (var chunk = 0; chunk < Answers.number(context, "chunks", 10); chunk++) {
                        response.write("chunk " + chunk + "\n");
                    }
                    response.end("end");
                })
                .start();
    }
}
