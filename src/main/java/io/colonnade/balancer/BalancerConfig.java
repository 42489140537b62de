package io.colonnade.balancer;

import io.colonnade.core.Network;
import io.colonnade.routing.RetryConfig;
import java.time.Duration;
import java.util.List;

/**
 * The public port's limits. All times are finite; they are kept with a precision of 250 ms.
 *
 * @param headTimeout from the first byte of a request to the end of its head; then 408 and close. Default 10 s
 * @param idleTimeout without a byte of either body, or of a WebSocket; then 408, 504 or close. Default 60 s
 * @param keepAliveTimeout a connection without a request; then close. Default 75 s
 * @param responseTimeout from the end of the request to the head of its response; then 504. Default 60 s
 * @param maxUri bytes of the request line; more is 414. 256 bytes to 1 MiB. Default 8 KiB
 * @param maxHead bytes of all fields; more is 431. 1 KiB to 1 MiB. Default 16 KiB
 * @param maxBody bytes of a request's body; more is 413. 0 is no limit. Default 1 GiB
 * @param minRate bytes of a request's body in each second after the first 20 s, as long as it is read; less is 408. 0 is no limit. Default
 *     256
 * @param halfClosedTimeout for the head of a response whose client has stopped sending, as one does that has left; then close. 250
 *     ms to 1 day; 0 to close at once. Default 5 s
 * @param trustedProxies addresses or networks ({@code 10.0.0.0/8}) whose {@code X-Forwarded-*} and {@code Forwarded} fields
 *     are kept and added to; those of others are dropped. Default none
 * @param drainIdle how long a connection without a request is kept then for its next one. Default 5 s
 * @param websocketPing after what silence of its client a WebSocket is pinged; it is closed if there is no answer. 1 second to
 *     1 day; 0 for never. Default 30 s
 * @param retry how much may be tried again on another member
 */
public record BalancerConfig(
        Duration headTimeout,
        Duration idleTimeout,
        Duration keepAliveTimeout,
        Duration responseTimeout,
        long maxUri,
        long maxHead,
        long maxBody,
        long minRate,
        Duration halfClosedTimeout,
        List<String> trustedProxies,
        Duration drainIdle,
        Duration websocketPing,
        RetryConfig retry) {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofDays(1);

    public static final BalancerConfig DEFAULTS = new BalancerConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofSeconds(60),
            8 << 10,
            16 << 10,
            1 << 30,
            256,
            Duration.ofSeconds(5),
            List.of(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            RetryConfig.DEFAULTS);

    public BalancerConfig {
        checkTimeout("head-timeout", headTimeout);
        checkTimeout("idle-timeout", idleTimeout);
        checkTimeout("keep-alive-timeout", keepAliveTimeout);
        checkTimeout("response-timeout", responseTimeout);
        if (!halfClosedTimeout.isZero()) {
            checkTimeout("half-closed-timeout", halfClosedTimeout);
        }
        checkTimeout("drain-idle", drainIdle);
        if (!websocketPing.isZero() && (websocketPing.toMillis() < 1000 || websocketPing.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "websocket-ping is " + websocketPing.toMillis() + " ms; allowed is 0 (never) or 1 s to 1 day");
        }
        checkSize("max-uri", maxUri, 256, "256 bytes to 1 MiB");
        checkSize("max-head", maxHead, 1 << 10, "1 KiB to 1 MiB");
        if (maxBody < 0) {
            throw new IllegalArgumentException("max-body is " + maxBody + "; allowed is 0 (no limit) or more");
        }
        if (minRate < 0 || minRate > 1 << 20) {
            throw new IllegalArgumentException("min-rate is " + minRate + " bytes; allowed is 0 (no limit) to 1 MiB");
        }
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(BalancerConfig::checkNetwork);
    }

    private static void checkNetwork(String text) {
        try {
            Network.parse(text);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("trusted-proxies: " + refused.getMessage(), refused);
        }
    }

    private static void checkTimeout(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + value.toMillis() + " ms; allowed is 250 ms to 1 day");
        }
    }

    private static void checkSize(String name, long value, long least, String allowed) {
        if (value < least || value > 1 << 20) {
            throw new IllegalArgumentException(name + " is " + value + " bytes; allowed is " + allowed);
        }
    }
}
