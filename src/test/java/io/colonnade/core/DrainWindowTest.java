package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrainWindowTest {
    private static final Duration LENGTH = Duration.ofNanos(1000);
    private static final long BEGIN = Long.MAX_VALUE - LENGTH.dividedBy(2).toNanos(); // so that wrapping is tested

    @Test
    void spreadsConversationsEvenlyOverTheWindow() {
        var seed = 42;
        var random = new SplittableRandom(seed);
        var window = new DrainWindow(BEGIN, LENGTH, random::nextDouble);
        var quarters = new int[4];
        for (var i = 0; i < 4000; i++) {
            quarters[(int) ((window.pointAfter(BEGIN) - BEGIN) / 250)]++;
        }
        assertThat(Arrays.stream(quarters)).as("seed %s", seed).allMatch(count -> count > 900 && count < 1100);
    }

    @Test
    void givesWhoComesLateWhatIsLeft() {
        var window = new DrainWindow(BEGIN, LENGTH, () -> 0.5);
        assertThat(window.pointAfter(BEGIN + 800) - BEGIN).isEqualTo(900);
    }

    @Test
    void givesWhoComesAfterItsEndAWindowOfTheirOwn() {
        var window = new DrainWindow(BEGIN, LENGTH, () -> 0.5);
        assertThat(window.pointAfter(BEGIN + 5000) - BEGIN).isEqualTo(5500);
    }

    @Test
    void aDepartureIsDueAtItsPointAndNotBefore() {
        var window = new DrainWindow(BEGIN, LENGTH, () -> 0.5);
        var departure = new Departure();
        assertThat(departure.isDue(null, BEGIN - 1)).isFalse();
        assertThat(departure.isDue(window, BEGIN)).isFalse();
        assertThat(departure.isDue(window, BEGIN + 499)).isFalse();
        assertThat(departure.isDue(window, BEGIN + 500)).isTrue();
    }

    @Test
    void aDepartureIsForgottenWhenTheDrainEnds() {
        var departure = new Departure();
        departure.isDue(new DrainWindow(BEGIN, LENGTH, () -> 0.5), BEGIN);
        assertThat(departure.isDue(null, BEGIN + 700)).isFalse();
        assertThat(departure.isDue(new DrainWindow(BEGIN + 700, LENGTH, () -> 0.5), BEGIN + 700))
                .isFalse();
    }
}
