package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final ClusterConfig CONFIG = ClusterConfig.DEFAULTS;

    private final ManualClock clock = new ManualClock();
    private final Doubt doubt = new Doubt(CONFIG, clock);

    @Test
    void aCollectionOfGarbageCausesNone() {
        clock.advance(CONFIG.silentAfter().dividedBy(2));
        assertThat(doubt.present()).isFalse();

        doubt.tick(false);

        assertThat(doubt.present()).isFalse();
    }

    @Test
    void aStandstillLongerThanTheOthersPatienceCausesItAtOnceAndNotOnlyAtTheNextTick() {
        clock.advance(CONFIG.silentAfter());
        assertThat(doubt.present()).isTrue();

        doubt.tick(false);

        assertThat(doubt.present()).isTrue();
    }

    @Test
    void aBeatThatWasSentBeforeTheStandstillDoesNotEndIt() {
        standStill(Duration.ofMinutes(1));

        doubt.heard();
        assertThat(doubt.present()).isTrue();

        pass(Duration.ofSeconds(2));
        doubt.heard();

        assertThat(doubt.present()).isFalse();
    }

    @Test
    void whoHearsFromNobodyGoesOnAloneInTheEnd() {
        standStill(Duration.ofMinutes(1));

        pass(Duration.ofSeconds(9));
        assertThat(doubt.present()).isTrue();
        pass(Duration.ofSeconds(2));

        assertThat(doubt.present()).isFalse();
    }

    @Test
    void whoIsAloneHasNone() {
        clock.advance(Duration.ofMinutes(1));

        doubt.tick(true);

        assertThat(doubt.present()).isFalse();
    }

    private void standStill(Duration time) {
        clock.advance(time);
        doubt.tick(false);
    }

    private void pass(Duration time) {
        for (long i = 0; i < time.dividedBy(CONFIG.beatInterval()); i++) {
            clock.advance(CONFIG.beatInterval());
            doubt.tick(false);
        }
    }
}
