package io.colonnade.balancer;

import io.colonnade.core.Failure;
import io.colonnade.core.ListField;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are for one connection only (RFC 9110 section 7.6.1). {@code Transfer-Encoding} stays: it says that there is a
 * body, and each connection has its own framing anyway.
 */
final class HopByHop {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");
    private static final AsciiString UPGRADE = AsciiString.cached("Upgrade");
    private static final AsciiString WEBSOCKET = AsciiString.cached("websocket");

    private static final int KEY_BYTES = 16;

    private HopByHop() {}

    /**
     * Leaves of {@code Connection} one word at most: whether the client wants the connection kept or closed, as far as that is not the
     * default of its version, or that it opens a WebSocket. What {@code Trailer} announces is not read: Vert.x has no place for
     * the trailers of a request.
     *
     * @return why the request must be refused; null if it need not
     */
    static @Nullable Failure stripRequest(MultiMap fields, HttpRequest head) {
        var old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        var webSocket = !old && ListField.has(fields, HttpHeaderNames.UPGRADE, WEBSOCKET);
        if (webSocket && !opensWebSocket(fields, head.method())) {
            return ArrivingHead.malformed("the opening handshake of a WebSocket is malformed");
        }
        var wish = webSocket ? UPGRADE : wish(fields, old);
        stripShared(fields);
        fields.remove(HttpHeaderNames.PROXY_AUTHORIZATION);
        fields.remove(HTTP2_SETTINGS);
        fields.remove(HttpHeaderNames.TRAILER);
        if (fields.contains(HttpHeaderNames.TE)) {
            keepTrailers(fields);
        }
        if (fields.contains(HttpHeaderNames.COOKIE)) {
            joinCookies(fields);
        }
        if (webSocket) {
            fields.set(HttpHeaderNames.UPGRADE, WEBSOCKET);
        } else {
            fields.remove(HttpHeaderNames.UPGRADE);
        }
        if (wish != null) {
            fields.set(HttpHeaderNames.CONNECTION, wish);
        }
        return null;
    }

    /** What a client of HTTP/1.0 or HTTP/1.1 wants that is not its default. Close outweighs keep-alive (RFC 9112 section 9.3). */
    private static @Nullable AsciiString wish(MultiMap fields, boolean old) {
        if (!fields.contains(HttpHeaderNames.CONNECTION)) {
            return null;
        }
        if (ListField.has(fields, HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)) {
            return old ? null : HttpHeaderValues.CLOSE;
        }
        return old && ListField.has(fields, HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE)
                ? HttpHeaderValues.KEEP_ALIVE
                : null;
    }

    /** As RFC 6455 section 4.2.1 asks. Its version is not looked at: what speaks WebSocket says which one it knows. */
    private static boolean opensWebSocket(MultiMap fields, HttpMethod method) {
        var keys = fields.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return method.equals(HttpMethod.GET)
                && ListField.has(fields, HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                && keys.size() == 1
                && isKey(keys.get(0));
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The client's wish is not passed on; that it opens a WebSocket is. */
    static void forgetWish(MultiMap fields) {
        if (fields.contains(HttpHeaderNames.CONNECTION) && !fields.contains(HttpHeaderNames.UPGRADE)) {
            fields.remove(HttpHeaderNames.CONNECTION);
        }
    }

    /** Not for 101, whose {@code Connection} and {@code Upgrade} are its meaning. */
    static void stripResponse(MultiMap fields) {
        stripShared(fields);
        fields.remove(HttpHeaderNames.PROXY_AUTHENTICATE);
        fields.remove(HttpHeaderNames.UPGRADE);
    }

    private static void stripShared(MultiMap fields) {
        if (fields.contains(HttpHeaderNames.CONNECTION)) {
            removeNamed(fields, ListField.elements(fields, HttpHeaderNames.CONNECTION));
            fields.remove(HttpHeaderNames.CONNECTION);
        }
        fields.remove(KEEP_ALIVE);
        fields.remove(PROXY_CONNECTION);
    }

    private static void removeNamed(MultiMap fields, List<String> names) {
        for (var name : names) {
            if (!isOurs(name)) {
                fields.remove(name);
            }
        }
    }

    /** What carries the message itself cannot be named away. */
    private static boolean isOurs(String name) {
        return AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.UPGRADE)
                || AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.TE)
                || AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.HOST)
                || AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.CONTENT_LENGTH)
                || AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** Several lines are one list for everybody behind, who reads the first line only (RFC 9113 section 8.2.3). */
    private static void joinCookies(MultiMap fields) {
        var lines = fields.getAll(HttpHeaderNames.COOKIE);
        if (lines.size() > 1) {
            fields.set(HttpHeaderNames.COOKIE, String.join("; ", lines));
        }
    }

    private static void keepTrailers(MultiMap fields) {
        if (ListField.has(fields, HttpHeaderNames.TE, HttpHeaderValues.TRAILERS)) {
            fields.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        } else {
            fields.remove(HttpHeaderNames.TE);
        }
    }
}
