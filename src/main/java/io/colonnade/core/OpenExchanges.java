package io.colonnade.core;

import io.colonnade.core.Exchange.TimeLimits;
import io.colonnade.core.Failure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one entrance of a lane that have not ended, with the one rule for their time limits: from the last byte of the request
 * to the response head {@link TimeLimits#head()} may pass without a byte; before and after that, {@link TimeLimits#idle()}.
 *
 * <p>Used on the lane's event loop only. Adding and removing cost no look-up, as every request does both.
 */
public final class OpenExchanges {
    /** A place in the list, which is a ring. */
    static final class Place {
        private final @Nullable Exchange exchange;
        private Place before = this;
        private Place after = this;

        private Place(@Nullable Exchange exchange) {
            this.exchange = exchange;
        }
    }

    private record Overdue(Place place, Exchange exchange, Failure failure) {}

    private final Place first = new Place(null);

    Place add(Exchange exchange) {
        var place = new Place(exchange);
        place.before = first.before;
        place.after = first;
        first.before.after = place;
        first.before = place;
        return place;
    }

    /** Without effect if it was removed before. */
    void remove(Place place) {
        place.before.after = place.after;
        place.after.before = place.before;
        place.before = place;
        place.after = place;
    }

    /**
     * Fails every exchange whose time is over, with {@link Kind#RESPONSE_TIMEOUT}, or with {@link Kind#REQUEST_TIMEOUT} if the client is
     * waited for. To be called several times a second.
     *
     * @param now in {@link Clock#nanos()}
     */
    public void check(long now) {
        for (var overdue : overdue(now)) {
            remove(overdue.place);
            overdue.exchange.fail(overdue.failure);
        }
    }

    /** Gathered first, as what follows from a failure may remove any place. */
    private List<Overdue> overdue(long now) {
        var all = new ArrayList<Overdue>(0);
        for (var place = first.after; place != first; ) {
            var exchange = place.exchange;
            var next = place.after;
            if (exchange == null || exchange.isAnswered()) {
                remove(place); // its tier has not noticed, and may never
            } else {
                var failure = overdue(exchange, now);
                if (failure != null) {
                    all.add(new Overdue(place, exchange, failure));
                }
            }
            place = next;
        }
        return all;
    }

    private static @Nullable Failure overdue(Exchange exchange, long now) {
        var silence = now - exchange.entrance().lastActivity(now);
        var limits = exchange.limits();
        if (exchange.request().isEnded() && !exchange.response().headWritten()) {
            return silence <= limits.head().toNanos()
                    ? null
                    : failure(exchange, Kind.RESPONSE_TIMEOUT, "no response head came", silence);
        }
        if (silence <= limits.idle().toNanos()) {
            return null;
        }
        var client = !exchange.response().headWritten() && exchange.entrance().awaitsRequest();
        return failure(
                exchange,
                client ? Kind.REQUEST_TIMEOUT : Kind.RESPONSE_TIMEOUT,
                client ? "no more of the request came" : "neither request nor response moved",
                silence);
    }

    private static Failure failure(Exchange exchange, Kind kind, String what, long silence) {
        return new Failure(kind, exchange.progress(), what + " for " + TimeUnit.NANOSECONDS.toMillis(silence) + " ms");
    }
}
