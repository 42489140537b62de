package io.colonnade.it.site;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Responses of every shape. */
final class Answers {
    void addTo(Router router) {
        router.route("/echo/*").handler(Answers::echo);
        router.route("/fixed").handler(context -> context.response().end(text(context)));
        router.route("/chunked").handler(Answers::chunked);
        router.route("/empty").handler(context -> context.response().end());
        router.route("/status/:status").handler(Answers::status);
        router.route("/fields").handler(Answers::fields);
        router.route("/trailers").handler(Answers::trailers);
        router.route("/cookies").handler(Answers::cookies);
        router.route("/hints").handler(Answers::hints);
        router.route("/continue").handler(Answers::goOn);
        router.route("/websocket").handler(Answers::webSocket);
        router.route("/flood")
                .handler(context -> context.request().toWebSocket().onSuccess(Answers::flood));
        router.route("/events").handler(Answers::events);
    }

    /** All of the request, as the site sees it. */
    private static void echo(RoutingContext context) {
        var request = context.request();
        var fields = new JsonArray();
        request.headers().forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
        var seen = new JsonObject()
                .put("method", request.method().name())
                .put("scheme", request.scheme())
                .put("authority", String.valueOf(request.authority()))
                .put("uri", request.uri())
                .put("path", request.path())
                .put("query", request.query())
                .put("params", list(request.params()))
                .put("fields", fields);
        request.body().onSuccess(body -> context.json(seen.put("body", body.toString())));
    }

    private static JsonArray list(MultiMap pairs) {
        var list = new JsonArray();
        pairs.forEach(pair -> list.add(pair.getKey() + "=" + pair.getValue()));
        return list;
    }

    /** {@code bytes} of text. */
    private static Buffer text(RoutingContext context) {
        return Pattern.text(number(context, "bytes", 43));
    }

    /** {@code chunks} chunks of {@code bytes} each. */
    private static void chunked(RoutingContext context) {
        var response = context.response().setChunked(true);
        for (var i = number(context, "chunks", 3); i > 0; i--) {
            response.write(text(context));
        }
        response.end();
    }

    private static void status(RoutingContext context) {
        context.response()
                .setStatusCode(Integer.parseInt(context.pathParam("status")))
                .putHeader("etag", "\"status\"")
                .end();
    }

    /** {@code count} fields of one name with {@code bytes} each, between others whose order can be checked. */
    private static void fields(RoutingContext context) {
        var response = context.response().putHeader("x-first", "1");
        for (var i = 0; i < number(context, "count", 3); i++) {
            response.headers().add("X-Repeated", i + "-" + text(context));
        }
        response.putHeader("x-Empty", "").putHeader("x-last", "2").end("fields");
    }

    private static void trailers(RoutingContext context) {
        HttpServerResponse response = context.response().setChunked(true).putHeader("trailer", "x-sum");
        response.write("one");
        response.write("two");
        response.putTrailer("x-sum", "6").putTrailer("X-Other", "a").end();
    }

    /** Tells the cookies it got, sets two and removes one. */
    private static void cookies(RoutingContext context) {
        var got = new JsonArray();
        context.request().cookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .sorted()
                .forEach(got::add);
        context.response().addCookie(Cookie.cookie("a", "1").setPath("/").setHttpOnly(true));
        context.response().addCookie(Cookie.cookie("b", "2").setMaxAge(60));
        context.response().removeCookie("gone");
        context.json(got);
    }

    private static void hints(RoutingContext context) {
        var link = MultiMap.caseInsensitiveMultiMap().add("link", "</a.css>; rel=preload");
        context.response().writeEarlyHints(link).onComplete(sent -> context.end("after the hints"));
    }

    /** Asks for the body that the client keeps back, and sends it back. */
    private static void goOn(RoutingContext context) {
        context.response().writeContinue();
        context.request().body().onSuccess(body -> context.end(body));
    }

    /** Sends back every message, and closes when it gets "close". */
    private static void webSocket(RoutingContext context) {
        context.request().toWebSocket().onSuccess(socket -> {
            socket.textMessageHandler(text -> {
                if (text.equals("close")) {
                    socket.close((short) 1000, "as asked");
                } else {
                    socket.writeTextMessage(text);
                }
            });
            socket.binaryMessageHandler(socket::writeBinaryMessage);
        });
    }

    /** Sends messages for as long as the client takes them. */
    private static void flood(ServerWebSocket socket) {
        while (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writeBinaryMessage(Buffer.buffer(new byte[8192]));
        }
        if (!socket.isClosed()) {
            socket.drainHandler(drained -> flood(socket));
        }
    }

    /** One event, and then none for ever. */
    private static void events(RoutingContext context) {
        context.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write("data: hello\n\n");
    }

    static int number(RoutingContext context, String parameter, int otherwise) {
        var value = context.request().getParam(parameter);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
