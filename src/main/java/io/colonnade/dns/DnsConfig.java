package io.colonnade.dns;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the DNS tier.
 *
 * @param bind the IP addresses to listen on; {@code 0.0.0.0} and {@code ::} stand for all addresses of that family that the
 *     machine has when the node starts. Default empty: 127.0.0.1, and if a public address is given, all that the machine has
 * @param ttl how long resolvers may hold the balancers' addresses, halved while any balancer is down; whole seconds, 1 s to 1
 *     day. Default 30 s
 * @param negativeTtl how long resolvers may hold that a name does not exist (RFC 2308), in zones without their own SOA record;
 *     whole seconds, 1 s to 1 day. Default 30 s
 * @param maxAnswers the number of balancers' addresses of one family in an answer, at most; 1 to 64. Default 8
 * @param zones zones with more than the hosts of the sites. Default none
 * @param nsid whether the server tells the node's name to clients that ask for it (RFC 5001). Default true
 * @param queryLog one in this many queries is logged; 1 for all, 0 for none. Default 0
 * @param allowTransfer the addresses and networks that may transfer whole zones (AXFR). Default none
 * @param tcpConnections the number of TCP connections that may be open at once; 1 to 100,000. Default 1000
 * @param tcpIdle how long a TCP connection may be silent before it is closed; 250 ms to 10 minutes. Default 10 s
 * @param rateLimit limits the responses to each client's network
 */
public record DnsConfig(
        List<String> bind,
        Duration ttl,
        Duration negativeTtl,
        int maxAnswers,
        List<ZoneConfig> zones,
        boolean nsid,
        int queryLog,
        List<String> allowTransfer,
        int tcpConnections,
        Duration tcpIdle,
        RateLimitConfig rateLimit) {
    private static final Duration DAY = Duration.ofDays(1);

    public static final DnsConfig DEFAULTS = new DnsConfig(
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            8,
            List.of(),
            true,
            0,
            List.of(),
            1000,
            Duration.ofSeconds(10),
            RateLimitConfig.DEFAULTS);

    public DnsConfig {
        bind = List.copyOf(bind);
        bind.forEach(DnsConfig::checkAddress);
        checkSeconds("ttl", ttl);
        checkSeconds("negative-ttl", negativeTtl);
        checkRange("max-answers", maxAnswers, 1, 64);
        zones = List.copyOf(zones);
        checkRange("query-log", queryLog, 0, Integer.MAX_VALUE);
        allowTransfer = List.copyOf(allowTransfer);
        Networks.check("allow-transfer", allowTransfer);
        checkRange("tcp-connections", tcpConnections, 1, 100_000);
        if (tcpIdle.toMillis() < 250 || tcpIdle.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "tcp-idle is " + tcpIdle.toMillis() + " ms; allowed is 250 ms to 10 minutes");
        }
    }

    DnsConfig with(List<ZoneConfig> others) {
        return new DnsConfig(
                bind,
                ttl,
                negativeTtl,
                maxAnswers,
                others,
                nsid,
                queryLog,
                allowTransfer,
                tcpConnections,
                tcpIdle,
                rateLimit);
    }

    private static void checkAddress(String address) {
        if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
            throw new IllegalArgumentException("bind has \"" + address + "\"; allowed are IP addresses");
        }
    }

    private static void checkSeconds(String key, Duration value) {
        var whole = value.equals(Duration.ofSeconds(value.toSeconds()));
        if (!whole || value.toSeconds() < 1 || value.compareTo(DAY) > 0) {
            throw new IllegalArgumentException(
                    key + " is " + value.toMillis() + " ms; allowed are whole seconds, 1s to 24h");
        }
    }

    private static void checkRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is " + least + " to " + most);
        }
    }
}
