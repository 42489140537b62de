package io.colonnade.balancer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpServerRequest;

/** Whether a client that waits with its body for a 100 has got one (RFC 9110 section 10.1.1). */
final class Expectation {
    private boolean whole;
    private boolean met;

    /** The head of a request has arrived. */
    void start() {
        whole = false;
        met = false;
    }

    /** The request has arrived to its end. */
    void end() {
        whole = true;
    }

    /** The body has been asked for. */
    void meet() {
        met = true;
    }

    /**
     * Whether the request is answered without its body having been asked for. The client may leave the body out then, or send
     * it: what comes next on the connection could be either, so nothing of it may be read as a request.
     */
    boolean unmet(HttpServerRequest request) {
        return !whole
                && !met
                && !request.isEnded()
                && request.headers().contains(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
    }
}
