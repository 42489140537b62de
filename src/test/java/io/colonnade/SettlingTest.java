package io.colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {
    private final Settling settling = new Settling();

    @Test
    void takesWhatIsTheSameAtTwoLooks() {
        assertThat(settling.settled("a: 1")).isFalse();
        assertThat(settling.settled("a: 1")).isTrue();
    }

    @Test
    void takesNothingTwice() {
        settling.settled("a: 1");
        settling.settled("a: 1");

        assertThat(settling.settled("a: 1")).isFalse();
    }

    @Test
    void waitsUntilTheLastOfSeveralWrites() {
        settling.settled("a: 1");
        settling.settled("a: 1");
        assertThat(settling.settled("")).isFalse();
        assertThat(settling.settled("a: 2")).isFalse();
        assertThat(settling.settled("a: 2\nb: 3")).isFalse();

        assertThat(settling.settled("a: 2\nb: 3")).isTrue();
    }

    @Test
    void takesNothingWhenAMomentaryChangeIsUndone() {
        settling.settled("a: 1");
        settling.settled("a: 1");
        settling.settled("");

        assertThat(settling.settled("a: 1")).isFalse();
        assertThat(settling.settled("a: 1")).isFalse();
    }

    @Test
    void takesAnEmptyFile() {
        settling.settled("a: 1");
        settling.settled("a: 1");
        settling.settled("");

        assertThat(settling.settled("")).isTrue();
    }
}
