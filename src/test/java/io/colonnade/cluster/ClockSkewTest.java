package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private final ManualClock clock = new ManualClock();
    private final ClockSkew skew = new ClockSkew(clock);

    @Test
    void tellsOfAClockThatIsMoreThanASecondOff() {
        hear(-2500, 21);
        assertThat(skew.status().getDouble("far")).isEqualTo(-2.5);
        hear(900, 1);
        assertThat(skew.status()).isEmpty();
    }

    @Test
    void tellsNothingOfSingleBeatsThatWaitedOnTheirWay() {
        hear(-2500, 20);
        hear(0, 1);
        hear(-2500, 20);
        assertThat(skew.status()).isEmpty();
    }

    @Test
    void tellsNothingOfManyBeatsThatArriveAtOnce() {
        for (var i = 0; i < 100; i++) {
            skew.hear("far", clock.now().toEpochMilli() - 17_000);
        }
        assertThat(skew.status()).isEmpty();
    }

    @Test
    void forgetsMembersThatHaveLeft() {
        hear(-2500, 21);
        skew.keepOnly(Set.of("far", "near"));
        assertThat(skew.status().fieldNames()).containsExactly("far");
        skew.keepOnly(Set.of("near"));
        assertThat(skew.status()).isEmpty();
        hear(-2500, 20);
        assertThat(skew.status()).as("counted anew").isEmpty();
    }

    private void hear(long aheadMillis, int beats) {
        for (var i = 0; i < beats; i++) {
            skew.hear("far", clock.now().toEpochMilli() + aheadMillis);
            clock.advance(Duration.ofMillis(250));
        }
    }
}
