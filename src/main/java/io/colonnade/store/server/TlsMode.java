package io.colonnade.store.server;

/** How connections to a database are encrypted. */
public enum TlsMode {
    /** Not at all: for loopback and private networks. */
    DISABLED,
    /** Always, without asking who the server is: whoever can redirect packets can read them. */
    REQUIRED,
    /** Always, by a server whose certificate the authority has signed. */
    VERIFY,
    /** The same, and the certificate names the host that is connected to. */
    VERIFY_IDENTITY
}
