package io.colonnade.node;

import java.util.Objects;

/** The version of the software. */
public final class Version {
    private Version() {}

    /** The version in the jar's manifest; {@code development} if this code does not run from the jar. */
    public static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
