package io.colonnade.node;

import java.util.Objects;

/** The version of the software. */
public final class Version {
    private Version() {}

    /** As the jar's manifest says; {@code development} when not run from the jar. */
    public static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
