package io.colonnade.store.galera;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeApartTest {
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock();
    private final TimeApart apart = new TimeApart(clock);

    @Test
    void isTooLongAfterTheLimit() {
        assertThat(apart.isTooLong()).isFalse();
        clock.advance(TimeApart.LIMIT);
        assertThat(apart.isTooLong()).isFalse();
        clock.advance(A_MOMENT);
        assertThat(apart.isTooLong()).isTrue();
    }

    @Test
    void aLongStartDoesNotCount() {
        apart.reset();
        clock.advance(TimeApart.LIMIT.multipliedBy(4));

        assertThat(apart.isTooLong()).isFalse();
        clock.advance(TimeApart.LIMIT);
        assertThat(apart.isTooLong()).isFalse();
    }

    @Test
    void beginsAnewOnceTheServerWasInStep() {
        assertThat(apart.isTooLong()).isFalse();
        clock.advance(TimeApart.LIMIT);
        apart.reset();
        clock.advance(A_MOMENT);

        assertThat(apart.isTooLong()).isFalse();
        clock.advance(TimeApart.LIMIT.plus(A_MOMENT));
        assertThat(apart.isTooLong()).isTrue();
    }
}
