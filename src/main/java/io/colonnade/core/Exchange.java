package io.colonnade.core;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, on its way through the tiers of one node.
 *
 * <p>Used on the lane's event loop only.
 */
public final class Exchange {
    /**
     * What may still pass, as it travels between nodes: durations, never instants.
     *
     * @param head until the response head
     * @param idle without a byte of either body
     */
    public record TimeLimits(Duration head, Duration idle) {}

    private final HttpServerRequest request;
    private final String id;
    private final SiteId site;
    private final long headDeadline;
    private final Duration idle;
    private @Nullable RequestBody body;

    private Exchange(HttpServerRequest request, String id, SiteId site, TimeLimits limits, Clock clock) {
        this.request = request;
        this.id = id;
        this.site = site;
        this.headDeadline = clock.nanos() + limits.head().toNanos();
        this.idle = limits.idle();
    }

    /**
     * Opens an exchange; its time limits run from now.
     *
     * @param id the request id, as in the field {@code X-Request-Id}
     */
    public static Exchange open(HttpServerRequest request, String id, SiteId site, TimeLimits limits, Clock clock) {
        return new Exchange(request, id, site, limits, clock);
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    public String id() {
        return id;
    }

    public SiteId site() {
        return site;
    }

    /** The instant, in {@link Clock#nanos()}, by which the response head must have come. */
    public long headDeadline() {
        return headDeadline;
    }

    /**
     * What remains of the time limits; never negative.
     *
     * @param now in {@link Clock#nanos()}
     */
    public TimeLimits remaining(long now) {
        var head = Math.max(0, headDeadline - now);
        return new TimeLimits(Duration.ofNanos(head), idle);
    }

    /** The body, for sending it to another member; a tier that answers here reads {@link #request()} itself. */
    public RequestBody body() {
        if (body == null) {
            body = new RequestBody(request);
        }
        return body;
    }

    /** Whether some of the body has been taken from the request, so that only {@link #body()} still has all of it. */
    public boolean bodyOpened() {
        return body != null;
    }
}
