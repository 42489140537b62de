package io.colonnade.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyPaceTest {
    private final BodyPace pace = new BodyPace(BodyPace.GRACE_NANOS);

    @Test
    void lets20SecondsPassAndThenWantsTheBytesOfEachSecond() {
        pace.begin(0);
        assertThat(isTooSlow(20, 0)).isFalse();
        assertThat(isTooSlow(22, 512)).isFalse();
        assertThat(isTooSlow(22, 511)).isTrue();
        assertThat(isTooSlow(23, 0)).isTrue();
    }

    @Test
    void doesNotCountTheTimeInWhichNobodyReads() {
        pace.begin(0);
        assertThat(pace.isTooSlow(seconds(100), false, 0, 256)).isFalse();
        assertThat(isTooSlow(119, 0)).isFalse();
        assertThat(isTooSlow(122, 0)).isTrue();
    }

    @Test
    void beginsAnewWithEachRequestAndHasNoLimitOfZero() {
        pace.begin(0);
        assertThat(pace.isTooSlow(seconds(1000), true, 0, 0)).isFalse();
        pace.begin(seconds(1000));
        assertThat(isTooSlow(1010, 0)).isFalse();
    }

    @Test
    void letsAClientThatWasRefusedGoEarlier() {
        var afterwards = new BodyPace(LingeringClose.GRACE_NANOS);
        afterwards.begin(0);
        assertThat(afterwards.isTooSlow(seconds(8), true, 0, 256)).isFalse();
        assertThat(afterwards.isTooSlow(seconds(10), true, 20, 256)).isTrue();
        assertThat(afterwards.isTooSlow(seconds(10), true, 100_000, 256)).isFalse();
    }

    private boolean isTooSlow(int second, long bytes) {
        return pace.isTooSlow(seconds(second), true, bytes, 256);
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
