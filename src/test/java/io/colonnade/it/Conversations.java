package io.colonnade.it;

import static io.colonnade.it.Conversation.single;
import static io.colonnade.testing.RawWebSocket.BINARY;
import static io.colonnade.testing.RawWebSocket.CLOSE;
import static io.colonnade.testing.RawWebSocket.COMPRESSED;
import static io.colonnade.testing.RawWebSocket.CONTINUATION;
import static io.colonnade.testing.RawWebSocket.PING;
import static io.colonnade.testing.RawWebSocket.TEXT;

import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawWebSocket;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What clients say to a site: requests and responses of every shape, and clients that do not behave. */
final class Conversations {
    private static final String BOUNDARY = "content-type: multipart/form-data; boundary=XX";

    private Conversations() {}

    static Stream<Conversation> all() {
        return Stream.of(
                        methods(),
                        statuses(),
                        bodies(),
                        fields(),
                        heads(),
                        targets(),
                        forms(),
                        failures(),
                        OddResponses.all(),
                        files(),
                        clients(),
                        webSockets())
                .flatMap(List::stream);
    }

    private static List<Conversation> methods() {
        var all = new ArrayList<Conversation>();
        for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X-OWN")) {
            all.add(single(method, 200, request(method, "/echo/method")));
        }
        for (var target : List.of("/fixed", "/chunked", "/empty", "/trailers", "/download?bytes=90000&fixed")) {
            all.add(single("HEAD " + target, 200, request("HEAD", target)));
        }
        all.add(single("HEAD 404", 404, request("HEAD", "/status/404")));
        all.add(single("HEAD that fails", 500, request("HEAD", "/fail")));
        all.add(single("HEAD of a stream without an end", 200, request("HEAD", "/stream")));
        all.add(single("HEAD of nothing", 404, request("HEAD", "/nothing")));
        all.add(single("OPTIONS *", 404, request("OPTIONS", "*")));
        return all;
    }

    private static List<Conversation> statuses() {
        return Stream.of(200, 201, 202, 204, 205, 206, 299, 301, 304, 400, 401, 404, 418, 500, 503, 599, 799)
                .map(status -> single("status " + status, status, request("GET", "/status/" + status)))
                .toList();
    }

    private static List<Conversation> bodies() {
        return List.of(
                single("fixed length", 200, request("GET", "/fixed")),
                single("fixed length of one batch and more", 200, request("GET", "/fixed?bytes=200000")),
                single("no body", 200, request("GET", "/empty")),
                single("chunks", 200, request("GET", "/chunked?chunks=20&bytes=1000")),
                single("no chunks", 200, request("GET", "/chunked?chunks=0")),
                single("long chunks", 200, request("GET", "/chunked?chunks=3&bytes=100000")),
                single("download", 200, request("GET", "/download?bytes=1000000")),
                single("download of a known length", 200, request("GET", "/download?bytes=1000000&fixed")),
                single("trailers", 200, request("GET", "/trailers")),
                single("upload", 200, body("PUT", "/upload", "x".repeat(300_000))),
                single("empty upload", 200, body("PUT", "/upload", "")),
                single("upload that nobody reads", 200, body("POST", "/fixed", "x".repeat(1000))),
                single("long upload that nobody reads", 200, body("POST", "/fixed", "x".repeat(500_000))),
                single(
                        "upload of a window and a bit that nobody reads",
                        403,
                        body("POST", "/early", "x".repeat(300_000))),
                single("answer before the body", 403, body("POST", "/early", "x".repeat(1000))),
                single("chunked upload", 200, chunks("/upload", "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\n\r\n")),
                single("empty chunked upload", 200, chunks("/upload", "0\r\n\r\n")),
                single("upload with trailers", 200, chunks("/echo/x", "2\r\nhi\r\n0\r\nx-sum: 1\r\n\r\n")));
    }

    private static List<Conversation> fields() {
        var cookies = new String[] {"cookie: a=1; b=\"2\"", "cookie: gone=x"};
        var odd = new String[] {"x-empty:", "X-Spaces:  a  b  ", "x-latin: \u00e9", "X-REPEATED: 1", "x-repeated: 2"};
        return List.of(
                single("repeated fields", 200, request("GET", "/fields?count=20")),
                single("no further fields", 200, request("GET", "/fields?count=0")),
                single("large field", 200, request("GET", "/fields?count=1&bytes=6000")),
                single("head larger than a batch", 200, request("GET", "/fields?count=100&bytes=1000")),
                single("cookies", 200, request("GET", "/cookies", "cookie: a=1; c=3; gone=x")),
                single("two fields of cookies", 200, request("GET", "/cookies", cookies)),
                single("odd request fields", 200, request("GET", "/echo/fields", odd)),
                single("large request field", 200, request("GET", "/echo/fields", "x-large: " + "v".repeat(6000))),
                single(
                        "fields of the connection",
                        200,
                        request("GET", "/echo/fields", "connection: x-a", "x-a: 1", "te: x")),
                single("the last request", 200, request("GET", "/fixed", "connection: close")));
    }

    /** What has a form of its own only between the client and its node. */
    private static List<Conversation> heads() {
        return List.of(
                single("absolute form", 200, request("GET", "http://LOCALHOST:81/echo/x?y=/z")),
                single("absolute form without path", 400, request("GET", "https://localhost#/echo/x")),
                single("absolute form with a user", 400, request("GET", "http://me@localhost/echo/x")),
                single("raw UTF-8", 400, request("GET", "/echo/\u00c3\u00a9")),
                single(
                        "Connection: TE, close",
                        200,
                        request("GET", "/echo/x", "connection: TE, close", "te: trailers")),
                single("WebSocket without Connection", 400, request("GET", "/websocket", "upgrade: websocket")),
                single("CONNECT", 501, request("CONNECT", "localhost:80")),
                single("broken chunks", 400, chunks("/upload", "5\r\nhello!\r\n0\r\n\r\n")),
                single("HTTP/1.0 without a host", 200, "GET /echo/x HTTP/1.0\r\nx-request-id: the-same\r\n\r\n"),
                single("HTTP/1.2", 200, request("GET", "/echo/x").replace("HTTP/1.1", "HTTP/1.2")));
    }

    private static List<Conversation> targets() {
        return Stream.of(
                        "/echo/?",
                        "/echo/?a=1&a=2&b=%20+%C3%A4&c",
                        "/echo/?a=b?c=d&e=%2F&=f&&",
                        "/echo/?a=1;b=2",
                        "/echo/%2F/%20/%C3%A4",
                        "/echo//double/./a/../b",
                        "/echo/;p=1/x",
                        "/echo/" + "long/".repeat(500))
                .map(target ->
                        single("target " + (target.length() > 60 ? "of length" : target), 200, request("GET", target)))
                .toList();
    }

    private static List<Conversation> forms() {
        var encoded = "content-type: application/x-www-form-urlencoded";
        var part = "--XX\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        var file = "--XX\r\ncontent-disposition: form-data; name=\"f\"; filename=\"\u00fc.png\"\r\n"
                + "content-type: image/png\r\n\r\n" + "p".repeat(100_000) + "\r\n";
        return List.of(
                single("form", 200, body("POST", "/form", "a=1&b=%C3%A4+%26&a=2&c", encoded)),
                single("empty form", 200, body("POST", "/form", "", encoded)),
                single("multipart", 200, body("POST", "/form", part + file + part + "--XX--\r\n", BOUNDARY)),
                single("multipart of nothing", 200, body("POST", "/form", "--XX--\r\n", BOUNDARY)),
                single("form of no known type", 500, body("POST", "/form", "a=1", "content-type: text/plain")));
    }

    private static List<Conversation> failures() {
        return List.of(
                single("exception", 500, request("GET", "/throw")),
                single("exception for a browser", 500, request("GET", "/fail", "accept: text/html")),
                single("exception after a body", 500, body("POST", "/fail", "x".repeat(100_000))),
                single("exception in a body", 200, request("GET", "/throw-in-body")),
                single("exception in a body of known length", 200, request("GET", "/throw-in-body?fixed")),
                single("nothing there", 404, request("GET", "/nothing")),
                single("parameter that cannot be decoded", 400, request("GET", "/fixed?bytes=%zz")),
                single("parameter that is no number", 500, request("GET", "/fixed?bytes=x")),
                single("body without a length", 500, request("GET", "/lengthless")),
                single("site that hangs up", 200, request("GET", "/hang-up")));
    }

    private static List<Conversation> files() {
        return List.of(
                single("file", 200, request("GET", "/index.html")),
                single("directory", 200, request("GET", "/")),
                single("large file", 200, request("GET", "/large.txt")),
                single("HEAD of a file", 200, request("HEAD", "/large.txt")),
                single("part of a file", 206, request("GET", "/large.txt", "range: bytes=10-200009")),
                single("no part of a file", 416, request("GET", "/large.txt", "range: bytes=2000000-")),
                single("file of some time", 304, request("GET", "/index.html", "if-none-match: *")));
    }

    private static List<Conversation> clients() {
        var upload = "PUT /upload HTTP/1.1\r\nHost: localhost\r\ncontent-length: 500000\r\n";
        return List.of(
                single("HTTP/1.0", 200, old("/fixed", "")),
                single("HTTP/1.0 that keeps the connection", 200, old("/fixed", "connection: keep-alive\r\n")),
                single("HTTP/1.0 chunks to be kept", 200, old("/chunked?bytes=1000", "connection: keep-alive\r\n")),
                single("HTTP/1.0 chunks", 200, old("/chunked?bytes=100000", "")),
                single("HTTP/1.0 download", 200, old("/download?bytes=300000", "")),
                single("HTTP/1.0 early hints", 200, old("/hints", "")),
                new Conversation("pipelining", 404, client -> client.say(request("GET", "/fixed")
                                + request("GET", "/chunked?bytes=50000")
                                + body("PUT", "/upload", "abc")
                                + request("GET", "/status/404"))
                        .hear()
                        .hear()
                        .hear()
                        .hear()),
                new Conversation("early hints", 200, client -> client.say(request("GET", "/hints"))
                        .hear()
                        .hear()
                        .probe()),
                new Conversation("100 and then the body", 200, client -> client.say(
                                request("PUT", "/continue", "expect: 100-continue", "content-length: 3"))
                        .hear()
                        .say("abc")
                        .hear()
                        .probe()),
                new Conversation("100 as soon as the site reads", 200, client -> client.say(
                                request("PUT", "/upload", "expect: 100-continue", "content-length: 300000"))
                        .hear()
                        .say("x".repeat(300_000))
                        .hear()
                        .probe()),
                new Conversation("100 for a form", 200, client -> client.say(request(
                                "POST",
                                "/form",
                                "expect: 100-Continue",
                                "content-length: 3",
                                "content-type: application/x-www-form-urlencoded"))
                        .hear()
                        .say("a=1")
                        .hear()
                        .probe()),
                new Conversation("403 instead of 100", 403, client -> client.say(
                                request("PUT", "/early", "expect: 100-continue", "content-length: 3"))
                        .hear()
                        .probe()),
                new Conversation("417 instead of 100", 417, client -> client.say(
                                request("PUT", "/status/417", "expect: 100-continue", "transfer-encoding: chunked"))
                        .hear()
                        .probe()),
                single(
                        "HTTP/1.0 that expects",
                        200,
                        "PUT /upload HTTP/1.0\r\nHost: localhost\r\nexpect: 100-continue\r\nx-request-id: the-same\r\n"
                                + "content-length: 3\r\n\r\nabc"),
                new Conversation("answer in the middle of a long body", 403, client -> client.say(
                                body("POST", "/early", "x".repeat(500_000)).substring(0, 1000))
                        .hear()),
                new Conversation("half-closed", 200, client -> client.say(request("GET", "/fixed"))
                        .sayNoMore()
                        .hear()),
                new Conversation("half-closed behind an upload", 200, client -> client.say(
                                body("PUT", "/upload", "x".repeat(300_000)))
                        .sayNoMore()
                        .hear()),
                new Conversation("ends waiting", 0, client -> client.say(request("GET", "/never"))
                        .sayNoMore()),
                new Conversation("dies before its body", 0, client -> client.say(upload + "\r\n")
                        .die()),
                new Conversation("dies in its body", 0, client -> client.say(upload + "\r\n" + "x".repeat(200_000))
                        .die()),
                new Conversation("ends in its body", 0, client -> client.say(upload + "\r\n" + "x".repeat(200_000))
                        .sayNoMore()),
                new Conversation("dies waiting", 0, client -> client.say(request("GET", "/never"))
                        .die()),
                new Conversation(
                        "dies in its download", 0, client -> client.say(request("GET", "/download?bytes=100000000"))
                                .die()),
                new Conversation("dies in an endless response", 0, client -> client.say(request("GET", "/stream"))
                        .die()));
    }

    private static List<Conversation> webSockets() {
        var text = Buffer.buffer("again and ".repeat(100));
        var half = RawWebSocket.deflate(text).slice(0, 9);
        var rest =
                RawWebSocket.deflate(text).slice(9, RawWebSocket.deflate(text).length());
        var code = Buffer.buffer().appendUnsignedShort(4000);
        return List.of(
                new Conversation("compressed WebSocket", 101, client -> client.say(webSocket("permessage-deflate"))
                        .hear()
                        .sayFrame(true, TEXT | COMPRESSED, RawWebSocket.deflate(text))
                        .hearFrame()
                        .sayFrame(true, TEXT, Buffer.buffer("short"))
                        .hearFrame()
                        .sayFrame(false, BINARY | COMPRESSED, half)
                        .sayFrame(true, PING, Buffer.buffer("between"))
                        .hearFrame()
                        .sayFrame(true, CONTINUATION, rest)
                        .hearFrame()
                        .sayFrame(true, CLOSE, code)
                        .hearFrame()
                        .hearEnd()),
                new Conversation("message that grows too large", 101, client -> client.say(
                                webSocket("permessage-deflate; client_max_window_bits"))
                        .hear()
                        .sayFrame(true, BINARY | COMPRESSED, RawWebSocket.deflate(Buffer.buffer(new byte[300_000])))
                        .hearEnd()),
                new Conversation("compression that was not agreed on", 101, client -> client.say(
                                webSocket("x-other, permessage-deflate; server_max_window_bits=9, "
                                        + "permessage-deflate; client_max_window_bits=none"))
                        .hear()
                        .sayFrame(true, TEXT | COMPRESSED, RawWebSocket.deflate(text))
                        .hearEnd()),
                new Conversation("the second offer", 101, client -> client.say(
                                webSocket("permessage-deflate; server_max_window_bits=9, permessage-deflate"))
                        .hear()
                        .sayFrame(true, TEXT | COMPRESSED, RawWebSocket.deflate(text))
                        .hearFrame()));
    }

    private static String webSocket(String extensions) {
        return RawWebSocket.handshake("/websocket")
                .replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n");
    }

    private static String request(String method, String target, String... lines) {
        var all = new ArrayList<>(List.of(lines));
        all.add("x-request-id: the-same");
        return RawHttp.request(method, target, all.toArray(String[]::new));
    }

    private static String body(String method, String target, String body, String... lines) {
        var all = new ArrayList<>(List.of(lines));
        all.add("content-length: " + body.length());
        return request(method, target, all.toArray(String[]::new)) + body;
    }

    private static String chunks(String target, String chunks) {
        return request("POST", target, "transfer-encoding: chunked", "trailer: x-sum") + chunks;
    }

    private static String old(String target, String lines) {
        return "GET " + target + " HTTP/1.0\r\nHost: localhost\r\nx-request-id: the-same\r\n" + lines + "\r\n";
    }
}
