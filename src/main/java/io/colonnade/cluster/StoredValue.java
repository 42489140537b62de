package io.colonnade.cluster;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A value as it lies in the map: when it was written, a random number that makes it unlike any other, and the value's bytes. */
final class StoredValue {
    private static final int PREFIX = 2 * Long.BYTES;

    private StoredValue() {}

    static byte @Nullable [] of(@Nullable Buffer value, long wallMillis) {
        if (value == null) {
            return null;
        }
        return ByteBuffer.allocate(PREFIX + value.length())
                .putLong(wallMillis)
                .putLong(ThreadLocalRandom.current().nextLong())
                .put(value.getBytes())
                .array();
    }

    static @Nullable Buffer value(byte @Nullable [] stored) {
        return stored == null ? null : Buffer.buffer(Arrays.copyOfRange(stored, PREFIX, stored.length));
    }

    static long writtenMillis(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }
}
