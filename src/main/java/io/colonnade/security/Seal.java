package io.colonnade.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values that are kept under a name, with AES-256-GCM. Each name has a key of its own. So a value cannot be moved to
 * another name, and random nonces never come near their limit of 2^32 for a key (NIST SP 800-38D, 8.3).
 *
 * <p>A sealed value is the {@link ClusterSecret#id} (8 bytes), the nonce (12), and the encrypted bytes with their tag (16 more).
 */
public final class Seal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secrets secrets;
    private final String purpose;

    /**
     * Makes no use of the secrets yet.
     *
     * @param purpose what is sealed, such as the name of a map, without a space: has keys of its own
     */
    public Seal(Secrets secrets, String purpose) {
        this.secrets = secrets;
        this.purpose = purpose;
    }

    /** With the secret that is used. No two results are equal. */
    public byte[] seal(String name, byte[] value) {
        var secret = secrets.current();
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var sealed = ByteBuffer.allocate(Long.BYTES + NONCE + value.length + TAG_BITS / 8)
                .putLong(secret.id())
                .put(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, secret, name, nonce);
            cipher.doFinal(ByteBuffer.wrap(value), sealed);
            return sealed.array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has AES-GCM", impossible);
        }
    }

    /** The value, or null if it was not sealed under that name with an accepted secret. */
    public byte @Nullable [] open(String name, byte[] sealed) {
        if (sealed.length < Long.BYTES + NONCE + TAG_BITS / 8) {
            return null;
        }
        var in = ByteBuffer.wrap(sealed);
        var secret = secrets.accepted(in.getLong());
        var nonce = new byte[NONCE];
        in.get(nonce);
        var encrypted = new byte[in.remaining()];
        in.get(encrypted);
        return secret.isEmpty() ? null : open(secret.get(), name, nonce, encrypted);
    }

    private byte @Nullable [] open(ClusterSecret secret, String name, byte[] nonce, byte[] encrypted) {
        try {
            return cipher(Cipher.DECRYPT_MODE, secret, name, nonce).doFinal(encrypted);
        } catch (AEADBadTagException altered) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has AES-GCM", impossible);
        }
    }

    /** Whether it was sealed with the secret that is used, and not with one that is only accepted. */
    public boolean isCurrent(byte[] sealed) {
        return sealed.length >= Long.BYTES
                && ByteBuffer.wrap(sealed).getLong() == secrets.current().id();
    }

    private Cipher cipher(int mode, ClusterSecret secret, String name, byte[] nonce) throws GeneralSecurityException {
        var key = new SecretKeySpec(secret.derive("seal " + purpose + " " + name, 32), "AES");
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
