package io.colonnade.it.harness;

import io.colonnade.testing.RawHttp;
import io.colonnade.testing.RawResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;

/** A session of the test site. Its values can be written and read at any node. */
public record Visit(String cookie) {
    /** Begins a session with one value. */
    public static Visit begin(Node node, String key, String value) throws IOException {
        var response = new Visit("").get(node, "/session/put?key=" + key + "&value=" + value);
        return new Visit(response.field("set-cookie").orElseThrow().split(";", 2)[0]);
    }

    public void put(Node node, String key, String value) throws IOException {
        get(node, "/session/put?key=" + key + "&value=" + value);
    }

    /** The values of the session at the node. */
    public Map<String, Object> read(Node node) throws IOException {
        return new JsonObject(get(node, "/session").text()).getMap();
    }

    private RawResponse get(Node node, String target) throws IOException {
        var response = send(node, "GET", target);
        if (response.status() != 200) {
            throw new AssertionError(response.toString());
        }
        return response;
    }

    /** Sends a request without a body. */
    public RawResponse send(Node node, String method, String target) throws IOException {
        try (var http = RawHttp.connect(node.host(), node.port())) {
            return http.send("%s %s HTTP/1.1\r\nHost: ground.localhost\r\nCookie: %s\r\nContent-Length: 0\r\n\r\n"
                            .formatted(method, target, cookie))
                    .read();
        }
    }
}
