package io.colonnade.routing;

import io.colonnade.core.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The retries that one lane may still make: a percentage of the requests of the last 10 s, plus a fixed number for each of those
 * seconds, less the retries made in them. The idea and the figures are Finagle's ({@code RetryBudget.apply(ttl = 10 s,
 * minRetriesPerSec = 10, percentCanRetry = 0.2)}).
 *
 * <p>Example: 20 % and 10 a second; after 1000 requests in the last 10 s, 200 + 100 retries are allowed in that time.
 */
final class RetryBudget {
    private static final int SECONDS = 10;

    private final RetryConfig config;
    private final Clock clock;
    private final int[] requests = new int[SECONDS];
    private final int[] retries = new int[SECONDS];
    private long requestsInAll;
    private long retriesInAll;
    private int slot;
    private long slotBegan;

    RetryBudget(RetryConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.slotBegan = clock.nanos();
    }

    void request() {
        forget();
        requests[slot]++;
        requestsInAll++;
    }

    /** Takes one retry from the budget, if it has one. */
    boolean tryRetry() {
        forget();
        var allowed = requestsInAll * config.percent() / 100 + (long) config.perSecond() * SECONDS;
        if (retriesInAll >= allowed) {
            return false;
        }
        retries[slot]++;
        retriesInAll++;
        return true;
    }

    private void forget() {
        var seconds = TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - slotBegan);
        slotBegan += TimeUnit.SECONDS.toNanos(seconds);
        for (var steps = Math.min(seconds, SECONDS); steps > 0; steps--) {
            slot = (slot + 1) % SECONDS;
            requestsInAll -= requests[slot];
            retriesInAll -= retries[slot];
            requests[slot] = 0;
            retries[slot] = 0;
        }
    }
}
