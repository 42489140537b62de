package io.colonnade.balancer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import org.jspecify.annotations.Nullable;

/** The host that a request is for (RFC 9112 section 3.2), and whether the request makes sense at all. */
final class RequestHost {
    private static final String SCHEME = "http://";

    private RequestHost() {}

    /**
     * The host and port, as the client wrote them, or null if the request must be refused: no, several or senseless hosts, a
     * target that is not on this server, a framing that is unknown.
     */
    static @Nullable String of(HttpServerRequest request) {
        return hasOneHost(request) && hasKnownFraming(request) ? target(request) : null;
    }

    private static @Nullable String target(HttpServerRequest request) {
        var uri = request.uri();
        if (uri.startsWith("/") || (uri.equals("*") && request.method().equals(HttpMethod.OPTIONS))) {
            return request.getHeader(HttpHeaderNames.HOST);
        }
        return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? authority(uri) : null;
    }

    /** The absolute form, as to a proxy, outweighs the field. */
    private static String authority(String uri) {
        var end = SCHEME.length();
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return uri.substring(SCHEME.length(), end);
    }

    private static boolean hasOneHost(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaderNames.HOST).size() == 1
                && ((HttpServerRequestInternal) request).isValidAuthority();
    }

    private static boolean hasKnownFraming(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true);
    }
}
