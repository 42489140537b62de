package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    @Test
    void isReachedByThreeWindowsWithinFivePercentOfTheirMedian() {
        assertThat(after(180, 90, 20, 20.9, 19.1).isReached()).isTrue();
    }

    @Test
    void isNotReachedWhileOneOfTheLastThreeIsOff() {
        assertThat(after(20, 20).isReached()).isFalse();
        assertThat(after(20, 20, 20, 21.1).isReached()).isFalse();
        assertThat(after(21.1, 20, 20).isReached()).isFalse();
    }

    private static Steadiness after(double... costs) {
        var steadiness = new Steadiness();
        DoubleStream.of(costs).forEach(steadiness::add);
        return steadiness;
    }
}
