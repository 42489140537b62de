package io.colonnade.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts whose turn it is. There is one for each site and tier of the node, which is kept when the endpoints change.
 *
 * <p>The lanes of a node share it. With a counter for each lane, each of the 48 counters of 3 nodes with 16 lanes could be off
 * by up to one, which shows in the shares of a few hundred requests. It starts anywhere, so that nodes do not march in step.
 */
final class TurnCounter {
    private final AtomicInteger next;

    TurnCounter(int start) {
        next = new AtomicInteger(start);
    }

    /** The number of the next turn; any number, as it wraps. */
    int next() {
        return next.getAndIncrement();
    }

    /** A number from 0 to 1, without 1, as good as random; takes the next turn. */
    double drawn() {
        return Integer.toUnsignedLong(scattered(next())) / (double) (1L << 32);
    }

    /** The finalizer of MurmurHash3, which needs no source of randomness that the lanes would share. */
    static int scattered(int number) {
        var bits = (number ^ (number >>> 16)) * 0x85ebca6b;
        bits = (bits ^ (bits >>> 13)) * 0xc2b2ae35;
        return bits ^ (bits >>> 16);
    }

    /** The index, of {@code count}, whose turn is next; at least 0, also after 2^31 calls. */
    int of(int count) {
        return of(next(), count);
    }

    /** The index, of {@code count}, whose turn has that number. */
    static int of(int number, int count) {
        return Integer.remainderUnsigned(number, count);
    }
}
