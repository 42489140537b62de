package io.colonnade.foobar;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A client of the board with a cookie jar of its own. */
final class Visitor {
    private static final String BOUNDARY = "a-boundary";

    /** Without the upgrade to HTTP/2, which the public port does not know either. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    private final String base;

    Visitor(String base) {
        this.base = base;
    }

    /** An answer; its body as bytes, text or JSON. */
    record Answer(int status, java.net.http.HttpHeaders headers, Buffer body) {
        String text() {
            return body.toString();
        }

        JsonObject json() {
            return new JsonObject(text());
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Answer get(String path, String... fields) {
        return send("GET", path, BodyPublishers.noBody(), fields);
    }

    Answer delete(String path, String... fields) {
        return send("DELETE", path, BodyPublishers.noBody(), fields);
    }

    Answer post(String path, JsonObject body, String... fields) {
        return send("POST", path, BodyPublishers.ofString(body.encode()), with(fields, "application/json"));
    }

    Answer postText(String text, String... fields) {
        return post("/api/messages", new JsonObject().put("text", text), fields);
    }

    Answer postPicture(String text, byte[] picture, String... fields) {
        return send(
                "POST",
                "/api/messages",
                form(text, picture),
                with(fields, "multipart/form-data; boundary=" + BOUNDARY));
    }

    Visitor signIn(String name) {
        post("/api/session", new JsonObject().put("name", name));
        return this;
    }

    private static String[] with(String[] fields, String type) {
        var all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "Content-Type";
        all[fields.length + 1] = type;
        return all;
    }

    private static BodyPublisher form(String text, byte[] picture) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(part("text\"", text.getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(part("picture\"; filename=\"p.bin\"\r\nContent-Type: image/png", picture));
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return BodyPublishers.ofByteArray(body.toByteArray());
    }

    private static byte[] part(String name, byte[] content) {
        var part = new ByteArrayOutputStream();
        var head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\r\n\r\n";
        part.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return part.toByteArray();
    }

    Answer send(String method, String path, BodyPublisher body, String... fields) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, body);
        for (var i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), Buffer.buffer(response.body()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
