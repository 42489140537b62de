package io.colonnade.dns;

import io.colonnade.core.Clock;
import io.colonnade.core.Network;
import io.colonnade.security.KeyedHash;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Limits the rate of responses to each network (GCRA, the virtual scheduling of ITU-T I.371, which stores one instant for each
 * network). The number of counters is fixed; networks whose keyed hashes are alike share a counter. Used by one thread.
 */
final class RateLimit {
    /** What is done with a response. */
    enum Verdict {
        SEND,
        TRUNCATE,
        DROP
    }

    private static final int COUNTERS = 1 << 16;
    private static final long SECOND = 1_000_000_000;
    private static final int V4_PREFIX = 3;
    private static final int V6_PREFIX = 7;

    private final long interval;
    private final int slip;
    private final List<Network> exempt;
    private final Clock clock;
    private final KeyedHash hash;
    private final long[] nextDue;
    private int over;

    RateLimit(RateLimitConfig config, Clock clock) {
        this.interval = config.perSecond() == 0 ? 0 : SECOND / config.perSecond();
        this.slip = config.slip();
        this.exempt = Networks.parse(config.exempt());
        this.clock = clock;
        var key = new byte[16];
        new SecureRandom().nextBytes(key);
        this.hash = new KeyedHash(key);
        this.nextDue = new long[interval == 0 ? 0 : COUNTERS];
        Arrays.fill(nextDue, clock.nanos());
    }

    /** Counts a response to that address. A burst of as many responses as one second allows passes. */
    Verdict count(byte[] address) {
        if (interval == 0 || isExempt(address)) {
            return Verdict.SEND;
        }
        var prefix = address.length == 4 ? V4_PREFIX : V6_PREFIX;
        var counter = (int) hash.hash(address, prefix) & COUNTERS - 1;
        var now = clock.nanos();
        var ahead = Math.max(0, nextDue[counter] - now);
        if (ahead >= SECOND) {
            return slips() ? Verdict.TRUNCATE : Verdict.DROP;
        }
        nextDue[counter] = now + ahead + interval;
        return Verdict.SEND;
    }

    private boolean slips() {
        return slip > 0 && ++over % slip == 0;
    }

    private boolean isExempt(byte[] address) {
        for (var network : exempt) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
