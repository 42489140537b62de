package io.colonnade.cluster;

import java.util.Locale;

/** Where a member is in its life. */
public enum State {
    /** Starting: gets no exchanges yet. */
    JOINING,
    /** May be selected. */
    READY,
    /** Is selected no more and finishes what runs. */
    DRAINING;

    /** The name in status, such as {@code ready}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
