package io.colonnade.dns;

import java.util.List;

/**
 * Response rate limiting, so that the server is of no use to those who send queries with other people's addresses. Counted for a
 * client's network, /24 of IPv4 and /56 of IPv6, and for UDP only. A client that shows a valid cookie is not limited.
 *
 * @param perSecond responses to one network; 0 is no limit. 0 to 1,000,000. Default 200
 * @param slip of so many responses over the limit one is sent as truncated, so that a true client asks again over TCP, and the
 *     others are not sent; 0 for none, 1 for all. 0 to 10. Default 2
 * @param exempt addresses and networks that are not limited. Default loopback
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
