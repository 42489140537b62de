package io.colonnade.transport.received;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/**
 * The rules by which a response's fields tell where its body ends (RFC 9112, section 6), as Vert.x's HTTP/1 server applies them.
 *
 * @param version the HTTP version of the client
 * @param method the method of the request
 */
record Framing(HttpVersion version, HttpMethod method) {
    /** The length of a body that is not known before its end. */
    static final long UNKNOWN = -1;

    /** Whether a body may follow the head. The response to HEAD has the fields of a body, but no body. */
    boolean hasBody() {
        return !method.equals(HttpMethod.HEAD);
    }

    /** Sets or removes the field of a chunked body. HTTP/1.0 and HTTP/2 have no such field. */
    void chunked(MultiMap fields, boolean on) {
        if (version == HttpVersion.HTTP_1_1) {
            if (on) {
                fields.set(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED);
            } else {
                fields.remove(HttpHeaders.TRANSFER_ENCODING);
            }
        }
    }

    /** @param wanted the value that was set last */
    boolean isChunked(MultiMap fields, boolean wanted) {
        return version == HttpVersion.HTTP_2
                ? wanted
                : fields.contains(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED, true);
    }

    /**
     * @throws IllegalStateException if HTTP/1.1 could not tell the end of a body that begins now. The message is that of Vert.x's own
     * server
     */
    void checkLengthKnown(MultiMap fields) {
        if (version == HttpVersion.HTTP_1_1
                && !fields.contains(HttpHeaders.TRANSFER_ENCODING)
                && !fields.contains(HttpHeaders.CONTENT_LENGTH)) {
            throw new IllegalStateException(
                    "You must set the Content-Length header to be the total size of the message "
                            + "body BEFORE sending any data if you are not using HTTP chunked encoding.");
        }
    }

    /**
     * Completes the fields of a head that is about to be sent.
     *
     * @param length the body's bytes, or {@link #UNKNOWN}
     */
    void complete(MultiMap fields, int status, long length) {
        if (!hasBody() || status == HttpResponseStatus.NOT_MODIFIED.code()) {
            fields.remove(HttpHeaders.TRANSFER_ENCODING);
        } else if (length >= 0
                && !fields.contains(HttpHeaders.CONTENT_LENGTH)
                && !fields.contains(HttpHeaders.TRANSFER_ENCODING)) {
            fields.set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
    }
}
