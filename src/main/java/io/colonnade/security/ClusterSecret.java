package io.colonnade.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * 256 random bits that the nodes of a cluster share. They are written as 64 hexadecimal digits and in no other form, so that a
 * word cannot be taken for a secret.
 */
public final class ClusterSecret {
    private static final int BYTES = 32;

    private final byte[] bytes;
    private final long id;

    private ClusterSecret(byte[] bytes) {
        this.bytes = bytes;
        id = ByteBuffer.wrap(derive("id", Long.BYTES)).getLong();
    }

    public static ClusterSecret fresh(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ClusterSecret(bytes);
    }

    /**
     * Reads a secret.
     *
     * @throws IllegalArgumentException if the text is no 64 hexadecimal digits; the message does not repeat it
     */
    public static ClusterSecret parse(String text) {
        try {
            var bytes = HexFormat.of().parseHex(text);
            if (bytes.length == BYTES) {
                return new ClusterSecret(bytes);
            }
        } catch (IllegalArgumentException notHexadecimal) {
            // Its message repeats a part of the text.
        }
        throw new IllegalArgumentException(
                "allowed are " + 2 * BYTES + " hexadecimal digits, as \"secret new\" prints");
    }

    /** What {@link #parse} reads. */
    public String text() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Tells secrets apart; derived from the secret one way, so that it may be shown. */
    public long id() {
        return id;
    }

    /** The password of the database servers that the cluster runs, as 64 hexadecimal digits. */
    public String databasePassword() {
        return HexFormat.of().formatHex(derive("database", BYTES));
    }

    /**
     * Derives a key for one purpose: HKDF with SHA-256 (RFC 5869), without salt, as the secret is uniform. Keys of different
     * purposes reveal nothing about one another or about the secret.
     */
    byte[] derive(String purpose, int length) {
        var info = ("colonnade 1 " + purpose).getBytes(StandardCharsets.UTF_8);
        var hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(bytes, null, info));
        var key = new byte[length];
        hkdf.generateBytes(key, 0, length);
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterSecret that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "secret " + HexFormat.of().toHexDigits(id);
    }
}
