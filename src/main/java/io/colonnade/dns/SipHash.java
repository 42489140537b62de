package io.colonnade.dns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of short texts that nobody without the key can foresee. */
final class SipHash {
    private final long key0;
    private final long key1;

    /** @param key 16 octets */
    SipHash(byte[] key) {
        var halves = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        key0 = halves.getLong();
        key1 = halves.getLong();
    }

    long hash(byte[] bytes, int length) {
        var state = new State(key0, key1);
        var at = 0;
        for (; at + 8 <= length; at += 8) {
            state.take(word(bytes, at, 8));
        }
        state.take((long) length << 56 | word(bytes, at, length - at));
        return state.finish();
    }

    private static long word(byte[] bytes, int at, int count) {
        var word = 0L;
        for (var i = 0; i < count; i++) {
            word |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return word;
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void take(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            for (var i = 0; i < 4; i++) {
                round();
            }
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
