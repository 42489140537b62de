package io.colonnade.security;

import java.io.IOException;

/** The handshake ended without agreement; the connection is of no use. */
public final class RefusedException extends IOException {
    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super("refused: " + refusal.reason());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
