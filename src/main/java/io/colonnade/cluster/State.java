package io.colonnade.cluster;

import java.util.Locale;

/** The stage of a member's life. */
public enum State {
    /** Starting: gets no exchanges yet. */
    JOINING,
    /** May be selected. */
    READY,
    /** Is no longer selected and finishes what runs. */
    DRAINING;

    /** The name in status, such as {@code ready}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
