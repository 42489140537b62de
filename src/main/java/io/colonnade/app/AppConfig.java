package io.colonnade.app;

import java.time.Duration;

/**
 * The settings of the application tier.
 *
 * @param sessionIdle how long a session is kept after its last request; 1 second to 30 days. Default 30 minutes
 * @param sessionCookie the name of the cookie that carries the session's id; a token of RFC 6265. Default {@code session}
 * @param blockedWarning how long a site may block its event loop before the node logs a warning that names the site;
 *     100 ms to 1 minute. Default 1 second
 * @param startLimit how long the start of the node waits for a site; after that the node goes on, and the site starts when
 *     it can; 0 to 5 minutes. Default 10 seconds
 */
public record AppConfig(Duration sessionIdle, String sessionCookie, Duration blockedWarning, Duration startLimit) {
    public static final AppConfig DEFAULTS =
            new AppConfig(Duration.ofMinutes(30), "session", Duration.ofSeconds(1), Duration.ofSeconds(10));

    public AppConfig {
        require("session-idle", sessionIdle, Duration.ofSeconds(1), Duration.ofDays(30), "1 s to 30 days");
        require("blocked-warning", blockedWarning, Duration.ofMillis(100), Duration.ofMinutes(1), "100 ms to 1 minute");
        require("start-limit", startLimit, Duration.ZERO, Duration.ofMinutes(5), "0 to 5 minutes");
        if (!sessionCookie.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new IllegalArgumentException(
                    "session-cookie is \"" + sessionCookie + "\"; allowed are letters, digits and !#$%&'*+.^_`|~-");
        }
    }

    private static void require(String key, Duration value, Duration min, Duration max, String allowed) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is " + allowed);
        }
    }
}
