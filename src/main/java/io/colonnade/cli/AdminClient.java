package io.colonnade.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Talks to the admin port of a running node. */
final class AdminClient {
    static final String DEFAULT_URL = "http://127.0.0.1:9080";

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();
    private final String url;

    AdminClient(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The node could not be reached, or it refused the request. The message is for people. */
    static final class AdminException extends Exception {
        AdminException(String message) {
            super(message);
        }
    }

    JsonObject status() throws AdminException {
        var answer = send("/status", HttpRequest.newBuilder().GET());
        try {
            return new JsonObject(answer.body());
        } catch (DecodeException noJson) {
            throw new AdminException(
                    "the server at " + url + " is not a Colonnade admin port; name the admin port with --admin URL");
        }
    }

    /** @param order the order's name at the admin port, such as {@code drain} */
    void order(String member, String order) throws AdminException {
        send(
                "/members/" + member + "/" + order,
                HttpRequest.newBuilder().header("X-Colonnade", "1").POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws AdminException {
        try {
            var uri = URI.create(url + path);
            var response = client.send(request.uri(uri).timeout(TIME_LIMIT).build(), BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new AdminException(detail(response));
            }
            return response;
        } catch (IOException unreachable) {
            throw new AdminException(
                    "no node answers at " + url + "; start one, or name its admin port with --admin URL");
        } catch (IllegalArgumentException malformed) {
            throw new AdminException(url + " is not a URL; an example of one is " + DEFAULT_URL);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted");
        }
    }

    private static String detail(HttpResponse<String> response) {
        try {
            return new JsonObject(response.body()).getString("detail");
        } catch (DecodeException noProblemDocument) {
            return response.uri() + " answers with status " + response.statusCode();
        }
    }
}
