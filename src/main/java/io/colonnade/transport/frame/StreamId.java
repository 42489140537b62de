package io.colonnade.transport.frame;

/**
 * Names a stream of a link, as one of its ends sees it.
 *
 * @param number given by the opener, one after the other
 * @param mine whether this end opened it
 */
public record StreamId(int number, boolean mine) {
    /** As the sender of a frame writes it: the lowest bit says that the sender is the opener. */
    long fromSender() {
        return (long) number << 1 | (mine ? 1 : 0);
    }

    /** As the receiver of a frame reads it. */
    public static StreamId atReceiver(long written) {
        return new StreamId((int) (written >>> 1), (written & 1) == 0);
    }
}
