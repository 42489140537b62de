package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void hasTheMiddleRoundAndTheOutermostOnes() {
        assertThat(Spread.of(List.of(3.0, 1.0, 10.0))).isEqualTo(new Spread(3, 1, 10));
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
    }

    @Test
    void formsRatiosWithinARound() {
        // Everything took twice as long in the second round.
        assertThat(Spread.ratio(List.of(10.0, 20.0, 12.0), List.of(20.0, 40.0, 20.0)))
                .isEqualTo(new Spread(0.5, 0.5, 0.6));
    }

    @Test
    void isWrittenWithItsBounds() {
        assertThat(new Spread(20.49, 19.81, 21.04).text(1)).isEqualTo("20.5 (19.8 to 21.0)");
    }
}
