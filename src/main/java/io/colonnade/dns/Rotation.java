package io.colonnade.dns;

import java.util.List;

/**
 * Addresses that take turns in the answers to one question. Each time the first place goes to the one that is owed most of its
 * share (nginx's smooth weighted round-robin), the next to the one that is owed most after it, and so on; so with weights 3 and 1 the
 * first place goes 3 times of 4 to the first. Used by one thread.
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
     * @param addresses of 4 or of 16 octets
     * @param start where in the answer the first address is
     * @param stride from there to the next
     * @param places how many there are in the answer; at most as many as addresses
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

    /** Puts this turn's addresses into their places of an answer that begins at {@code at}. */
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

    /** Writes the address that is owed most of those that are owed less than the last one, or as much and come after it. */
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
