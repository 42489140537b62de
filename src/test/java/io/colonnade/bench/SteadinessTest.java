package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    @Test
    void isReachedWhenTwoWindowsCostNoLessThanTheTwoBefore() {
        assertThat(after(180, 90, 20, 19.9, 20.1, 20, 19.8, 19.1).isReached()).isTrue();
    }

    @Test
    void isReachedWhenTheMachineIsBusierThanBefore() {
        assertThat(after(20, 20, 40, 20).isReached()).isTrue();
    }

    @Test
    void isNotReachedWhileTheCostFalls() {
        assertThat(after(20, 20, 18.9, 18.9).isReached()).isFalse();
        assertThat(after(180, 90, 60, 40, 30, 25).isReached()).isFalse();
    }

    @Test
    void isNotReachedBeforeThereAreFourWindows() {
        assertThat(after(20, 20, 20).isReached()).isFalse();
    }

    private static Steadiness after(double... costs) {
        var steadiness = new Steadiness();
        DoubleStream.of(costs).forEach(steadiness::add);
        return steadiness;
    }
}
