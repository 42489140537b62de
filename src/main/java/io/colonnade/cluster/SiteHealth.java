package io.colonnade.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How a site fares on a member.
 *
 * @param since when the site came into its state, by the member's own clock; to the millisecond, as a beat carries it
 * @param reason why it has failed, in one line; empty if it has not
 */
public record SiteHealth(State state, Instant since, String reason) {
    /** Whether the site can answer. */
    public enum State {
        /** It has not started on all lanes yet. */
        STARTING,
        /** It has started on all lanes. */
        READY,
        /** Its start has failed on a lane. The member tries again. */
        FAILED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SiteHealth {
        since = since.truncatedTo(ChronoUnit.MILLIS);
    }

    public static SiteHealth starting(Instant since) {
        return new SiteHealth(State.STARTING, since, "");
    }

    public static SiteHealth ready(Instant since) {
        return new SiteHealth(State.READY, since, "");
    }

    public static SiteHealth failed(Instant since, String reason) {
        return new SiteHealth(State.FAILED, since, reason);
    }

    public boolean isReady() {
        return state == State.READY;
    }

    /** The state in words that follow the site's name, such as {@code has failed: no such table}. */
    public String inWords() {
        return switch (state) {
            case STARTING -> "is still starting";
            case READY -> "is ready";
            case FAILED -> "has failed: " + reason;
        };
    }
}
