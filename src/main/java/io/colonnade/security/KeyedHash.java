package io.colonnade.security;

import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a hash of short texts that nobody can foresee without the key. Used by one
 * thread.
 */
public final class KeyedHash {
    private final SipHash hash = new SipHash();

    /** @param key 16 octets */
    public KeyedHash(byte[] key) {
        hash.init(new KeyParameter(key));
    }

    /** The hash of the first {@code length} octets. */
    public long hash(byte[] bytes, int length) {
        hash.update(bytes, 0, length);
        return hash.doFinal();
    }
}
