package io.colonnade.cli;

import io.colonnade.security.AdminToken;
import io.colonnade.security.SecretException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Talks to the admin port of a running node. */
final class AdminClient {
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9-]+");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final int NONCE_BYTES = 16;
    private static final int HTTP_PORT = 80;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();
    private final String url;

    /** @param address a URL, HOST:PORT, or a port of this machine */
    AdminClient(String address) {
        var start = address.matches("\\d+") ? "http://127.0.0.1:" + address : address;
        var whole = start.contains("://") ? start : "http://" + start;
        url = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }

    /** The node could not be reached, or it refused the request. The message is for people. */
    static final class AdminException extends Exception {
        AdminException(String message) {
            super(message);
        }
    }

    String url() {
        return url;
    }

    JsonObject status() throws AdminException {
        return json(send("/status", HttpRequest.newBuilder().GET()));
    }

    /**
     * Gives an order to a member.
     *
     * @param order the order's name at the admin port, such as {@code drain}
     * @param tokenFile the file with the token; empty for the one that the node names
     */
    void order(String member, String order, Optional<Path> tokenFile) throws AdminException {
        if (!MEMBER.matcher(member).matches()) {
            throw new AdminException("\"" + member + "\" is not the name of a node; status shows the names");
        }
        var token = tokenFile.isPresent() ? read(tokenFile.get()) : provedToken();
        send(
                "/members/" + member + "/" + order,
                HttpRequest.newBuilder()
                        .header("Authorization", "Bearer " + token.text())
                        .POST(BodyPublishers.noBody()));
    }

    /**
     * The token in the file that the node names. The node has to prove that it knows the token, because any process of this machine
     * may listen where a node is looked for, and a token must not be told to that process.
     */
    private AdminToken provedToken() throws AdminException {
        var bytes = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        var nonce = HexFormat.of().formatHex(bytes);
        var answer = send(
                "/status",
                HttpRequest.newBuilder().header("X-Colonnade-Nonce", nonce).GET());
        var file = json(answer).getJsonObject("admin", new JsonObject()).getString("tokenFile", "");
        if (file.isEmpty()) {
            throw new AdminException(
                    "the node at " + url + " names no file with its token; name one with --admin-token-file");
        }
        var token = read(Path.of(file));
        var port = answer.uri().getPort() < 0 ? HTTP_PORT : answer.uri().getPort();
        var proof = answer.headers().firstValue("X-Colonnade-Proof").orElse("");
        if (!proof.equals(token.proof(nonce, port))) {
            throw new AdminException(
                    "the process at " + url + " does not know the token in " + file
                            + ", which it names; name the node's admin port with --admin, or its token with --admin-token-file");
        }
        return token;
    }

    private static AdminToken read(Path file) throws AdminException {
        try {
            return AdminToken.read(file);
        } catch (SecretException refused) {
            throw new AdminException(
                    refused.getMessage()
                            + "; give orders as the user of the node, or name a file that has its token with --admin-token-file");
        }
    }

    private JsonObject json(HttpResponse<String> answer) throws AdminException {
        try {
            return new JsonObject(answer.body());
        } catch (DecodeException noJson) {
            throw noAdminPort();
        }
    }

    private AdminException noAdminPort() {
        return new AdminException(
                "the server at " + url + " is not a Colonnade admin port; name the admin port with --admin URL");
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
            throw new AdminException(url + " is not a URL; an example of one is " + AdminSearch.FIRST);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted");
        }
    }

    private static String detail(HttpResponse<String> response) {
        try {
            return new JsonObject(response.body())
                    .getString("detail", response.uri() + " answers with status " + response.statusCode());
        } catch (DecodeException noProblemDocument) {
            return response.uri() + " answers with status " + response.statusCode();
        }
    }
}
