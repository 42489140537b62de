package io.colonnade.balancer;

import io.colonnade.core.ListField;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.List;

/**
 * Fields that are for one connection only (RFC 9110 section 7.6.1). {@code Transfer-Encoding} stays: it says that there is a
 * body, and each connection has its own framing anyway.
 */
final class HopByHop {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");
    private static final AsciiString UPGRADE = AsciiString.cached("Upgrade");

    private HopByHop() {}

    /** What {@code Trailer} announces is not read: Vert.x has no place for the trailers of a request. */
    static void stripRequest(MultiMap fields) {
        var webSocket = ListField.has(fields, HttpHeaderNames.UPGRADE, "websocket");
        stripShared(fields);
        fields.remove(HttpHeaderNames.PROXY_AUTHORIZATION);
        fields.remove(HTTP2_SETTINGS);
        fields.remove(HttpHeaderNames.TRAILER);
        if (fields.contains(HttpHeaderNames.TE)) {
            keepTrailers(fields);
        }
        if (webSocket) {
            fields.set(HttpHeaderNames.CONNECTION, UPGRADE);
        } else {
            fields.remove(HttpHeaderNames.UPGRADE);
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

    private static void keepTrailers(MultiMap fields) {
        if (ListField.has(fields, HttpHeaderNames.TE, HttpHeaderValues.TRAILERS)) {
            fields.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        } else {
            fields.remove(HttpHeaderNames.TE);
        }
    }
}
