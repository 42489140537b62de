package io.colonnade.app;

import java.time.Duration;

/**
 * The settings of the application tier.
 *
 * @param sessionIdle how long a session is kept after its last request; 1 second to 30 days. Default 30 minutes
 * @param sessionCookie the name of the cookie that carries the session's id; a token of RFC 6265. Default {@code session}
 * @param blockedWarning how long a site may block its event loop before the node logs a warning that names the site;
 *     100 ms to 1 minute. Default 1 second
 * @param startLimit how long the start of the node waits for its sites; after that the node is ready without those that have not
 *     started, and they start when they can; 0 to 5 minutes. Default 10 seconds
 * @param maxWebsocketFrame bytes of a frame that a client sends on a WebSocket; more is refused with 1009; 125 bytes to 1 GiB.
 *     Default 256 KiB
 * @param maxWebsocketMessage the same for a message, inflated
 * @param maxUnread bytes that wait for a client that does not read while its site goes on writing; then its connection is
 *     closed; 64 KiB to 1 GiB. Default 16 MiB
 * @param maxFormFields fields of a form; more is 413; 1 to 100,000. Default 1,000
 * @param maxFormBytes bytes of all fields of a form, which are held in memory, without its files; more is 413; 1 KiB to 1 GiB.
 *     Default 2 MiB
 */
public record AppConfig(
        Duration sessionIdle,
        String sessionCookie,
        Duration blockedWarning,
        Duration startLimit,
        long maxWebsocketFrame,
        long maxWebsocketMessage,
        long maxUnread,
        int maxFormFields,
        long maxFormBytes) {
    private static final long LARGEST = 1 << 30;

    public static final AppConfig DEFAULTS = new AppConfig(
            Duration.ofMinutes(30),
            "session",
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            256 << 10,
            256 << 10,
            16 << 20,
            1000,
            2 << 20);

    public AppConfig {
        require("session-idle", sessionIdle, Duration.ofSeconds(1), Duration.ofDays(30), "1 s to 30 days");
        require("blocked-warning", blockedWarning, Duration.ofMillis(100), Duration.ofMinutes(1), "100 ms to 1 minute");
        require("start-limit", startLimit, Duration.ZERO, Duration.ofMinutes(5), "0 to 5 minutes");
        requireSize("max-websocket-frame", maxWebsocketFrame, 125, "125 bytes to 1 GiB");
        requireSize("max-websocket-message", maxWebsocketMessage, 125, "125 bytes to 1 GiB");
        requireSize("max-unread", maxUnread, 64 << 10, "64 KiB to 1 GiB");
        requireSize("max-form-bytes", maxFormBytes, 1 << 10, "1 KiB to 1 GiB");
        if (maxFormFields < 1 || maxFormFields > 100_000) {
            throw new IllegalArgumentException("max-form-fields is " + maxFormFields + "; allowed is 1 to 100000");
        }
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

    private static void requireSize(String key, long bytes, long least, String allowed) {
        if (bytes < least || bytes > LARGEST) {
            throw new IllegalArgumentException(key + " is " + bytes + " bytes; allowed is " + allowed);
        }
    }
}
