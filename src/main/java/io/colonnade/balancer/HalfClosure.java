package io.colonnade.balancer;

import java.time.Duration;

/**
 * A client that has stopped sending. Nothing tells one that still reads from one that has left, until something is sent to it;
 * therefore the head of its response is waited for only so long.
 */
final class HalfClosure {
    private boolean happened;
    private long since;

    void happen(long now) {
        happened = true;
        since = now;
    }

    boolean hasHappened() {
        return happened;
    }

    /** Whether the client counts as gone. A stream of events has no end to wait for, and may send nothing that would tell. */
    boolean isGone(ClientExchange exchange, long now, Duration limit) {
        var response = exchange.response();
        return happened && (response.isEventStream() || (!response.headWritten() && now - since > limit.toNanos()));
    }
}
