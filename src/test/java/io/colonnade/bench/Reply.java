package io.colonnade.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer.
 *
 * @param fields its header, with names in lower case
 */
record Reply(int status, Map<String, String> fields, Buffer body) {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    static Reply of(URI uri, Ask ask) throws IOException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .method(ask.method(), HttpRequest.BodyPublishers.noBody());
        ask.fields().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length")) { // which the client sets itself
                request.header(name, value);
            }
        });
        try {
            return of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", interrupted);
        }
    }

    private static Reply of(HttpResponse<byte[]> response) {
        var fields = new TreeMap<String, String>();
        response.headers().map().forEach((name, values) -> fields.put(name, String.join(", ", values)));
        return new Reply(response.statusCode(), fields, Buffer.buffer(response.body()));
    }
}
