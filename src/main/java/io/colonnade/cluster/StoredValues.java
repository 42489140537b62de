package io.colonnade.cluster;

import io.colonnade.security.Seal;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Translates entries to and from the form in which they lie in the map. The key is a digest, because anybody who listens between
 * members could use the id of a session. The value begins with its stamp, which orders the writes of an entry, and is sealed,
 * which also makes it differ from every other value.
 */
final class StoredValues {
    private static final int PREFIX = Long.BYTES;

    private final Seal seal;

    StoredValues(Seal seal) {
        this.seal = seal;
    }

    static String key(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    byte @Nullable [] of(String key, @Nullable Buffer value, long stamp) {
        if (value == null) {
            return null;
        }
        var sealed = seal.seal(key, value.getBytes());
        return ByteBuffer.allocate(PREFIX + sealed.length)
                .putLong(stamp)
                .put(sealed)
                .array();
    }

    /** Null if there is none that can be read: one under a secret that is not accepted is as good as none. */
    @Nullable
    Buffer value(String key, byte @Nullable [] stored) {
        var value = stored == null ? null : seal.open(key, sealed(stored));
        return value == null ? null : Buffer.buffer(value);
    }

    /** Whether it is sealed with the secret in use. */
    boolean isCurrent(byte[] stored) {
        return seal.isCurrent(sealed(stored));
    }

    /** The cluster's time in milliseconds at which the value was written; at least one more than that of the value that it replaced. */
    static long stamp(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }

    private static byte[] sealed(byte[] stored) {
        return Arrays.copyOfRange(stored, PREFIX, stored.length);
    }
}
