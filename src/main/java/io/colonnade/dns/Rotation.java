package io.colonnade.dns;

import java.util.List;

/**
 * Addresses that take turns in the answers to one question, by nginx's smooth weighted round-robin. In each answer the first place
 * goes to the address that lacks most of its share, the second place to the next, and so on. With weights 3 and 1, the first
 * address gets the first place in 3 answers of 4. Used by one thread.
 */
final class Rotation {
    private final byte[][] addresses;
    private final int[] weights;
    private final int[] owed;
    private final int total;
    private final int start;
    private final int stride;
    private final int places;

    /**
     * @param addresses all of 4 or all of 16 octets
     * @param start the position of the first address in the answer
     * @param stride the distance from one address to the next, in octets
     * @param places the number of addresses in the answer; at most that of all addresses
     */
    Rotation(List<byte[]> addresses, List<Integer> weights, int start, int stride, int places) {
        this.addresses = addresses.toArray(byte[][]::new);
        this.weights = weights.stream().mapToInt(weight -> Math.max(1, weight)).toArray();
        this.owed = new int[this.weights.length];
        this.total = weights.stream().mapToInt(weight -> Math.max(1, weight)).sum();
        this.start = start;
        this.stride = stride;
        this.places = places;
    }

    /** Writes the addresses of this turn into an answer that begins at {@code at}. */
    void write(byte[] out, int at) {
        for (var i = 0; i < owed.length; i++) {
            owed[i] += weights[i];
        }
        var first = place(out, at + start, Integer.MAX_VALUE, -1);
        var last = first;
        for (var place = 1; place < places; place++) {
            last = place(out, at + start + place * stride, owed[last], last);
        }
        owed[first] -= total;
    }

    /**
     * Writes the next address: the one that is owed most, of those that are owed less than the last one, or as much and come after
     * it.
     */
    private int place(byte[] out, int at, int below, int after) {
        var best = -1;
        for (var i = 0; i < owed.length; i++) {
            var candidate = owed[i] < below || (owed[i] == below && i > after);
            if (candidate && (best < 0 || owed[i] > owed[best])) {
                best = i;
            }
        }
        System.arraycopy(addresses[best], 0, out, at, addresses[best].length);
        return best;
    }
}
