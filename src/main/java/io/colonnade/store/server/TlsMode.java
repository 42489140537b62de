package io.colonnade.store.server;

/** How connections to a database are encrypted. */
public enum TlsMode {
    /** No encryption: for loopback and private networks. */
    DISABLED,
    /** Encrypted, but the server is not verified: an attacker who can redirect packets can read them. */
    REQUIRED,
    /** Encrypted, and the server's certificate must be signed by the authority. */
    VERIFY,
    /** As {@link #VERIFY}, and the certificate must name the host that is connected to. */
    VERIFY_IDENTITY
}
