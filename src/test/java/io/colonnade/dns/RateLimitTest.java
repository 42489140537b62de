package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import io.colonnade.dns.RateLimit.Verdict;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void aSecondsShareMayComeAtOnceAndThenNoMore() {
        var limit = limit(10, 0);
        assertThat(count(limit, "192.0.2.1", 10)).containsOnly(Verdict.SEND);
        assertThat(count(limit, "192.0.2.1", 5)).containsOnly(Verdict.DROP);
    }

    @Test
    void timeGivesTheShareBack() {
        var limit = limit(10, 0);
        count(limit, "192.0.2.1", 10);
        clock.advance(Duration.ofMillis(200));
        assertThat(count(limit, "192.0.2.1", 3)).containsExactly(Verdict.SEND, Verdict.SEND, Verdict.DROP);
        clock.advance(Duration.ofHours(1));
        assertThat(count(limit, "192.0.2.1", 11)).endsWith(Verdict.SEND, Verdict.DROP);
    }

    @Test
    void everySecondOneOverTheLimitSlips() {
        var limit = limit(1, 2);
        count(limit, "192.0.2.1", 1);
        assertThat(count(limit, "192.0.2.1", 4))
                .containsExactly(Verdict.DROP, Verdict.TRUNCATE, Verdict.DROP, Verdict.TRUNCATE);
    }

    @Test
    void aNetworkIsCountedAsOne() {
        var limit = limit(1, 0);
        count(limit, "192.0.2.1", 1);
        count(limit, "2001:db8:0:100::1", 1);
        assertThat(count(limit, "192.0.2.254", 1)).containsExactly(Verdict.DROP);
        assertThat(count(limit, "2001:db8:0:1ff::9", 1)).containsExactly(Verdict.DROP);
    }

    @Test
    void otherNetworksAreCountedForThemselves() {
        var limit = limit(1, 0);
        count(limit, "192.0.2.1", 1);
        var others = IntStream.range(0, 100)
                .mapToObj(i -> count(limit, "198.51." + i + ".1", 1).get(0))
                .filter(Verdict.SEND::equals);
        // Two of a hundred networks share one of 65536 counters once in fourteen runs; three pairs of them, never.
        assertThat(others.count()).isGreaterThan(97);
    }

    @Test
    void whoIsExemptIsNotCounted() {
        assertThat(count(limit(1, 0), "127.0.0.1", 100)).containsOnly(Verdict.SEND);
    }

    @Test
    void nothingIsNoLimit() {
        assertThat(count(limit(0, 2), "192.0.2.1", 1000)).containsOnly(Verdict.SEND);
    }

    private RateLimit limit(int perSecond, int slip) {
        return new RateLimit(new RateLimitConfig(perSecond, slip, List.of("127.0.0.0/8")), clock);
    }

    private static List<Verdict> count(RateLimit limit, String address, int times) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return IntStream.range(0, times).mapToObj(i -> limit.count(bytes)).toList();
    }
}
