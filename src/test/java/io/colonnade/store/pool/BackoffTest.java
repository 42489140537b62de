package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToTheLongest() {
        var pauses = new Backoff(10, 250);
        assertThat(IntStream.rangeClosed(1, 7).mapToLong(pauses::millisAfter))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 250L, 250L);
        assertThat(pauses.millisAfter(1_000_000)).isEqualTo(250);
    }
}
