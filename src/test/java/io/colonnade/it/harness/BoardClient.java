package io.colonnade.it.harness;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A user of the bundled message board. A sign-in holds on every node. */
public final class BoardClient {
    public static final String MESSAGES = "/api/messages";

    private static final String SESSION = "/api/session";
    private static final String BOUNDARY = "----boundary";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String origin;
    private final AtomicReference<String> cookie;

    private BoardClient(String origin, AtomicReference<String> cookie) {
        this.origin = origin;
        this.cookie = cookie;
    }

    public static BoardClient of(Node node) {
        return new BoardClient(originOf(node), new AtomicReference<>(""));
    }

    /** Waits until the board answers at each of the nodes. A node may be ready before its database is. */
    public static void awaitBoard(List<Node> nodes) {
        nodes.forEach(node -> Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(30))
                .until(() -> of(node).get(SESSION).statusCode() == 200
                        && of(node).get(MESSAGES).statusCode() == 200));
    }

    /** The same user at another node. */
    public BoardClient at(Node node) {
        return new BoardClient(originOf(node), cookie);
    }

    private static String originOf(Node node) {
        return "http://" + node.host() + ":" + node.port();
    }

    /** Signs in and keeps the cookie. */
    public BoardClient signIn(String name) {
        var response = json("POST", SESSION, new JsonObject().put("name", name));
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(shown(response));
        }
        cookie.set(response.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0]);
        return this;
    }

    /** The name of the user who is signed in, or null. */
    public String whoAmI() {
        return new JsonObject(get(SESSION).body()).getString("name");
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<byte[]> getBytes(String path) {
        return join(HTTP.sendAsync(request(path).GET().build(), BodyHandlers.ofByteArray()));
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /** Posts a message. The header fields are names and values in turn. */
    public HttpResponse<String> post(String text, String... fields) {
        return json("POST", MESSAGES, new JsonObject().put("text", text), fields);
    }

    public CompletableFuture<HttpResponse<String>> posting(String text, String... fields) {
        var body = BodyPublishers.ofString(new JsonObject().put("text", text).encode());
        var request = with(request(MESSAGES), fields).header("content-type", "application/json");
        return HTTP.sendAsync(request.POST(body).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> json(String method, String path, JsonObject body, String... fields) {
        return body(method, path, "application/json", BodyPublishers.ofString(body.encode()), fields);
    }

    public HttpResponse<String> body(String method, String path, String type, BodyPublisher body, String... fields) {
        return send(with(request(path), fields).header("content-type", type).method(method, body));
    }

    /** Posts a message with a picture, as a browser's form does. */
    public HttpResponse<String> postPicture(String text, byte[] picture) {
        var form = Buffer.buffer("--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n" + text)
                .appendString("\r\n--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=\"picture\";")
                .appendString(" filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n")
                .appendBytes(picture)
                .appendBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        var type = "multipart/form-data; boundary=" + BOUNDARY;
        return body("POST", MESSAGES, type, BodyPublishers.ofByteArray(form.getBytes()));
    }

    /** The texts of one page of messages, the newest first. */
    public List<String> texts(String query) {
        return new JsonObject(get(MESSAGES + query).body())
                .getJsonArray("messages", new JsonArray()).stream()
                        .map(message -> ((JsonObject) message).getString("text"))
                        .toList();
    }

    public static String shown(HttpResponse<String> response) {
        return response.request().method() + " " + response.uri() + ": " + response.statusCode() + " "
                + response.headers().map() + "\n" + response.body();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(20));
        return cookie.get().isEmpty() ? request : request.header("cookie", cookie.get());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... fields) {
        return fields.length == 0 ? request : request.headers(fields);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return join(HTTP.sendAsync(request.build(), BodyHandlers.ofString()));
    }

    private static <T> HttpResponse<T> join(CompletableFuture<HttpResponse<T>> response) {
        return response.join();
    }
}
