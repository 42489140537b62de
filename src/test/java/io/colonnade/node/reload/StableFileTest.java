package io.colonnade.node.reload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StableFileTest {
    private final StableFile file = new StableFile();

    @Test
    void takesWhatIsTheSameAtTwoLooks() {
        assertThat(file.settled("a: 1")).isFalse();
        assertThat(file.settled("a: 1")).isTrue();
    }

    @Test
    void takesNothingTwice() {
        file.settled("a: 1");
        file.settled("a: 1");

        assertThat(file.settled("a: 1")).isFalse();
    }

    @Test
    void waitsUntilTheLastOfSeveralWrites() {
        file.settled("a: 1");
        file.settled("a: 1");
        assertThat(file.settled("")).isFalse();
        assertThat(file.settled("a: 2")).isFalse();
        assertThat(file.settled("a: 2\nb: 3")).isFalse();

        assertThat(file.settled("a: 2\nb: 3")).isTrue();
    }

    @Test
    void takesNothingWhenAMomentaryChangeIsUndone() {
        file.settled("a: 1");
        file.settled("a: 1");
        file.settled("");

        assertThat(file.settled("a: 1")).isFalse();
        assertThat(file.settled("a: 1")).isFalse();
    }

    @Test
    void takesAnEmptyFile() {
        file.settled("a: 1");
        file.settled("a: 1");
        file.settled("");

        assertThat(file.settled("")).isTrue();
    }
}
