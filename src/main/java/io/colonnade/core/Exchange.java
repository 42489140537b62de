package io.colonnade.core;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Consumer;
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

    /** What only the side knows from which a request comes: a client's connection, or the stream of another member. */
    public interface Entrance {
        /**
         * When a byte of the request or of the response last moved, in {@link Clock#nanos()}.
         *
         * @param now the present instant, in the same
         */
        long lastActivity(long now);

        /** Whether more of the request would be read if it came. */
        boolean awaitsRequest();
    }

    /** That of a request which nobody times. */
    private static final Entrance UNTIMED = new Entrance() {
        @Override
        public long lastActivity(long now) {
            return now;
        }

        @Override
        public boolean awaitsRequest() {
            return true;
        }
    };

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Entrance entrance;
    private final String id;
    private final SiteId site;
    private final TimeLimits limits;
    private final long headDeadline;
    private final Promise<Void> answered = Promise.promise();
    private @Nullable RequestBody body;
    private @Nullable Consumer<Failure> carrier;

    private Exchange(
            HttpServerRequest request, String id, SiteId site, TimeLimits limits, Clock clock, Entrance entrance) {
        this.entrance = entrance;
        this.request = request;
        this.response = request.response();
        this.id = id;
        this.site = site;
        this.limits = limits;
        this.headDeadline = clock.nanos() + limits.head().toNanos();
    }

    /**
     * Opens an exchange; its time limits run from now.
     *
     * @param id the request id, as in the field {@code X-Request-Id}
     */
    public static Exchange open(
            HttpServerRequest request, String id, SiteId site, TimeLimits limits, Clock clock, Entrance entrance) {
        return new Exchange(request, id, site, limits, clock, entrance);
    }

    /** Opens an exchange of the node's own, which no {@link TimeLimited} ends. */
    public static Exchange open(HttpServerRequest request, String id, SiteId site, TimeLimits limits, Clock clock) {
        return new Exchange(request, id, site, limits, clock, UNTIMED);
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return response;
    }

    public String id() {
        return id;
    }

    public SiteId site() {
        return site;
    }

    Entrance entrance() {
        return entrance;
    }

    /** The time limits that the exchange was opened with. */
    public TimeLimits limits() {
        return limits;
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
        return new TimeLimits(Duration.ofNanos(head), limits.idle());
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

    /**
     * Lets the tier answer; to be called once, by the entrance. The future ends as {@link Tier#handle} says, or fails with what
     * {@link #fail} was called with, whichever comes first.
     */
    public Future<Void> answerBy(Tier tier) {
        try {
            tier.handle(this).onComplete((nothing, cause) -> {
                if (cause == null) {
                    answered.tryComplete();
                } else {
                    answered.tryFail(cause);
                }
            });
        } catch (RuntimeException defect) {
            answered.tryFail(defect);
        }
        return answered.future();
    }

    /** Whether no tier answers it any more; some of the response may still be on its way to the client. */
    public boolean isAnswered() {
        return answered.future().isComplete();
    }

    /**
     * Ends the exchange from its entrance: a time limit is over, the body is too large, the client has gone. The carrier that takes it to
     * another member is told first and gives up. A tier of this node is not told; what that tier still does has no effect on the future.
     * Without effect once the exchange has ended.
     */
    public void fail(Failure failure) {
        var carrying = carrier;
        carrier = null;
        if (carrying != null) {
            carrying.accept(failure);
        }
        answered.tryFail(failure);
    }

    /**
     * Registers the carrier that takes the exchange to another member; the carrier is called when the exchange {@linkplain #fail fails}.
     *
     * @param newCarrier null when it is no longer carried
     */
    public void carriedBy(@Nullable Consumer<Failure> newCarrier) {
        carrier = newCarrier;
    }

    /** How far the exchange has got, as far as its response tells. */
    public Failure.Progress progress() {
        return response.headWritten() ? Failure.Progress.RESPONSE : Failure.Progress.REQUEST;
    }
}
