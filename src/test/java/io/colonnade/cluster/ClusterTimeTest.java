package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Clock;
import io.colonnade.core.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClusterTimeTest {
    private final ManualClock clock = new ManualClock();
    private Duration step = Duration.ZERO;
    private final ClusterTime time = new ClusterTime(new Clock() {
        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public Instant now() {
            return clock.now().plus(step);
        }
    });

    @Test
    void goesOnWhateverTheWallClockDoes() {
        var began = time.millis();
        step = Duration.ofHours(-3);
        clock.advance(Duration.ofSeconds(5));
        assertThat(time.millis()).isEqualTo(began + 5000);
        step = Duration.ofDays(3);
        assertThat(time.millis()).isEqualTo(began + 5000);
    }

    @Test
    void isThatOfTheOldestMemberAsItsFastestBeatTells() {
        time.joins();
        time.hear(1_000_000);
        clock.advance(Duration.ofSeconds(1));
        time.hear(1_000_900);
        assertThat(time.millis()).isEqualTo(1_001_000);
        time.hear(1_001_300);
        assertThat(time.millis()).isEqualTo(1_001_300);
    }

    @Test
    void isTakenOverAgainAfterARejoin() {
        time.hear(1_000_000);
        time.joins();
        time.hear(7_000_000);
        assertThat(time.millis()).isEqualTo(7_000_000);
    }

    @Test
    void neverGoesBackWhenAnotherBecomesTheOldest() {
        var began = time.millis();
        time.leads();
        time.hear(began - 5000);
        assertThat(time.millis()).isEqualTo(began);
    }
}
