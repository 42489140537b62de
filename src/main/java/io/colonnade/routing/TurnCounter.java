package io.colonnade.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is; one for each site and tier of the node, kept when the endpoints change.
 *
 * <p>The lanes of a node share it: with a counter for each lane, 48 counters of 3 nodes with 16 lanes each would each be off
 * by up to one, which shows in the shares of a few hundred requests. It starts anywhere, so that nodes do not march in step.
 */
final class TurnCounter {
    private final AtomicInteger next;

    TurnCounter(int start) {
        next = new AtomicInteger(start);
    }

    /** The number of the next turn; any, as it wraps. */
    int next() {
        return next.getAndIncrement();
    }

    /** A number from 0 to 1, without 1, as good as random, by the next turn. */
    double drawn() {
        return Integer.toUnsignedLong(scattered(next())) / (double) (1L << 32);
    }

    /** The finalizer of MurmurHash3: without a source of chance that the lanes would share. */
    static int scattered(int number) {
        var bits = (number ^ (number >>> 16)) * 0x85ebca6b;
        bits = (bits ^ (bits >>> 13)) * 0xc2b2ae35;
        return bits ^ (bits >>> 16);
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
