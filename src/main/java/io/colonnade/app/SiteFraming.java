package io.colonnade.app;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a site sends fits what it has declared: a status that HTTP has, fields with a name, and a body that is as long as its
 * {@code Content-Length} (RFC 9110, section 8.6; RFC 9112, section 6). Without this, the client would take the rest of one response for
 * a part of the next one on the connection.
 */
final class SiteFraming {
    /** The length of a body of which only the beginning is known. */
    static final long UNKNOWN = -1;

    /** The length of a body that is a file: the field is set from the file itself. */
    static final long FILE = -2;

    private static final int LEAST_FINAL_STATUS = 200;
    private static final int MOST_STATUS = 999;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int NOT_MODIFIED = 304;
    private static final int MOST_DIGITS = 18;

    private final HttpServerResponse response;
    private final boolean head;
    private boolean noBody;
    private boolean chunked;
    private long left = UNKNOWN;
    private @Nullable List<Cookie> cookies;

    SiteFraming(HttpServerResponse response, HttpMethod method) {
        this.response = response;
        this.head = method.equals(HttpMethod.HEAD);
    }

    /** The site has added a cookie, which is checked with the head. */
    void added(Cookie cookie) {
        if (cookies == null) {
            cookies = new ArrayList<>();
        }
        cookies.add(cookie);
    }

    /**
     * Checks the head that is about to be sent. Throws {@link IllegalStateException}, whose message tells the author of the site what is
     * wrong.
     *
     * @param length of the whole body in bytes, or {@link #UNKNOWN} or {@link #FILE}
     */
    void begin(long length) {
        checkStatus(response.getStatusCode());
        if (response.headers().contains("")) {
            response.headers().remove("");
            throw new IllegalStateException("the site set a field without a name");
        }
        if (cookies != null) {
            checkCookies(cookies);
        }
        frame(response.getStatusCode(), length);
    }

    private void frame(int status, long length) {
        noBody = head || status == NO_CONTENT || status == RESET_CONTENT || status == NOT_MODIFIED;
        if (status == NO_CONTENT || status == RESET_CONTENT) {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.TRANSFER_ENCODING);
        }
        if (status == RESET_CONTENT) {
            response.headers().set(HttpHeaders.CONTENT_LENGTH, "0");
        }
        chunked = isChunked();
        var declared = declaredLength();
        if (chunked && declared != UNKNOWN) {
            throw new IllegalStateException("the site set both Content-Length and Transfer-Encoding");
        }
        if (head && length > 0 && !chunked && declared == UNKNOWN) {
            response.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        if (length == FILE && !noBody) {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.TRANSFER_ENCODING);
        } else if (!noBody && declared != UNKNOWN) {
            if (length != UNKNOWN && length != declared) {
                throw new IllegalStateException(
                        "the site set Content-Length to " + declared + ", and the body has " + length + " bytes");
            }
            left = declared;
        }
    }

    /** Whether no body may follow the head, whatever the site writes. */
    boolean hasNoBody() {
        return noBody;
    }

    /** Counts bytes of the body; false if they are more than was declared. */
    boolean takes(int bytes) {
        if (left == UNKNOWN) {
            return true;
        }
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Whether the body is as long as was declared if it ends with so many bytes more. */
    boolean endsWith(int bytes) {
        return left == UNKNOWN || left == bytes;
    }

    /** Whether the trailers can be sent. A trailer without a name is taken out. */
    boolean hasNamedTrailers() {
        if (!chunked || !response.trailers().contains("")) {
            return true;
        }
        response.trailers().remove("");
        return false;
    }

    private static void checkStatus(int status) {
        if (status < LEAST_FINAL_STATUS || status > MOST_STATUS) {
            throw new IllegalStateException("the site set the status " + status + "; allowed is 200 to 999");
        }
    }

    /** A cookie that cannot be sent is taken out, because it would spoil the error page too. */
    private void checkCookies(List<Cookie> added) {
        for (var cookie : added) {
            try {
                cookie.encode();
            } catch (IllegalArgumentException invalid) {
                response.removeCookies(cookie.getName(), false);
                throw new IllegalStateException(
                        "the site set the cookie " + cookie.getName() + ", which cannot be sent: "
                                + invalid.getMessage(),
                        invalid);
            }
        }
    }

    private boolean isChunked() {
        if (!response.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return false;
        }
        var encodings = response.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (encodings.size() != 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.get(0))) {
            throw new IllegalStateException("the site set Transfer-Encoding to " + encodings + "; allowed is chunked");
        }
        return true;
    }

    private long declaredLength() {
        if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            return UNKNOWN;
        }
        var lengths = response.headers().getAll(HttpHeaders.CONTENT_LENGTH);
        var length = lengths.get(0);
        var isNumber = lengths.size() == 1
                && !length.isEmpty()
                && length.length() <= MOST_DIGITS
                && length.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!isNumber) {
            throw new IllegalStateException("the site set Content-Length to " + String.join(", ", lengths));
        }
        return Long.parseLong(length);
    }
}
