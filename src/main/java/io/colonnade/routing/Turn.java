package io.colonnade.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is; one for each site and tier of the node, kept when the endpoints change.
 *
 * <p>The lanes of a node share it: with a counter for each lane, 48 counters of 3 nodes with 16 lanes each would each be off
 * by up to one, which shows in the shares of a few hundred requests. It starts anywhere, so that nodes do not march in step.
 */
final class Turn {
    private final AtomicInteger next;

    Turn(int start) {
        next = new AtomicInteger(start);
    }

    /** The number of the next turn; any, as it wraps. */
    int next() {
        return next.getAndIncrement();
    }

    /** The next of {@code count} in turn; at least 0, also after 2^31 calls. */
    int of(int count) {
        return of(next(), count);
    }

    /** Whose turn of {@code count} it is in the turn of that number. */
    static int of(int number, int count) {
        return Integer.remainderUnsigned(number, count);
    }
}
