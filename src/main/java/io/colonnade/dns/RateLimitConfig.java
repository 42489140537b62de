package io.colonnade.dns;

import java.util.List;

/**
 * The settings of response rate limiting, which makes the server useless for attacks by queries with forged sender addresses. It
 * counts the responses over UDP to each client's network, /24 of IPv4 or /56 of IPv6. Clients with a valid cookie are not limited.
 *
 * @param perSecond responses to one network in a second, at most; 0 for no limit. 0 to 1,000,000. Default 200
 * @param slip one in this many responses over the limit is sent as truncated, so that an honest client asks again over TCP; the
 *     others are not sent. 0 for none, 1 for all. 0 to 10. Default 2
 * @param exempt the addresses and networks that are not limited. Default loopback
 */
public record RateLimitConfig(int perSecond, int slip, List<String> exempt) {
    public static final RateLimitConfig DEFAULTS = new RateLimitConfig(200, 2, List.of("127.0.0.0/8", "::1"));

    public RateLimitConfig {
        if (perSecond < 0 || perSecond > 1_000_000) {
            throw new IllegalArgumentException("per-second is " + perSecond + "; allowed is 0 to 1000000");
        }
        if (slip < 0 || slip > 10) {
            throw new IllegalArgumentException("slip is " + slip + "; allowed is 0 to 10");
        }
        exempt = List.copyOf(exempt);
        Networks.check("exempt", exempt);
    }
}
