package io.colonnade.core;

import java.util.Locale;

/** What a node may run; all of them by default. */
public enum Role {
    BALANCER,
    WEB,
    APP,
    DB,
    DNS;

    /** The name in flags, files and status, such as {@code balancer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
