package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StaleMemberGuardTest {
    private static final ClusterConfig CONFIG = ClusterConfig.DEFAULTS;

    private final ManualClock clock = new ManualClock();
    private final StaleMemberGuard guard = new StaleMemberGuard(CONFIG, clock);

    @Test
    void aCollectionOfGarbageCausesNone() {
        clock.advance(CONFIG.silentAfter().dividedBy(2));
        assertThat(guard.present()).isFalse();

        guard.tick(false);

        assertThat(guard.present()).isFalse();
    }

    @Test
    void aStandstillLongerThanTheOthersPatienceCausesItAtOnceAndNotOnlyAtTheNextTick() {
        clock.advance(CONFIG.silentAfter());
        assertThat(guard.present()).isTrue();

        guard.tick(false);

        assertThat(guard.present()).isTrue();
    }

    @Test
    void aBeatThatWasSentBeforeTheStandstillDoesNotEndIt() {
        standStill(Duration.ofMinutes(1));

        guard.heard();
        assertThat(guard.present()).isTrue();

        pass(Duration.ofSeconds(2));
        guard.heard();

        assertThat(guard.present()).isFalse();
    }

    @Test
    void whoHearsFromNobodyGoesOnAloneInTheEnd() {
        standStill(Duration.ofMinutes(1));

        pass(Duration.ofSeconds(9));
        assertThat(guard.present()).isTrue();
        pass(Duration.ofSeconds(2));

        assertThat(guard.present()).isFalse();
    }

    @Test
    void whoIsAloneHasNone() {
        clock.advance(Duration.ofMinutes(1));

        guard.tick(true);

        assertThat(guard.present()).isFalse();
    }

    private void standStill(Duration time) {
        clock.advance(time);
        guard.tick(false);
    }

    private void pass(Duration time) {
        for (long i = 0; i < time.dividedBy(CONFIG.beatInterval()); i++) {
            clock.advance(CONFIG.beatInterval());
            guard.tick(false);
        }
    }
}
