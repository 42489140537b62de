package io.colonnade.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final ManualClock clock = new ManualClock();
    private final RetryBudget budget = new RetryBudget(new RetryConfig(3, 20, 10), clock);

    @Test
    void allowsTheFixedNumberWithoutRequests() {
        assertThat(retries()).isEqualTo(100);
    }

    @Test
    void allowsAPercentageOfTheRequestsBesides() {
        requests(1000);
        assertThat(retries()).isEqualTo(300);
    }

    @Test
    void forgetsRequestsAfterTenSeconds() {
        requests(1000);
        clock.advance(Duration.ofSeconds(9));
        requests(100);
        clock.advance(Duration.ofSeconds(1));
        assertThat(retries()).isEqualTo(120);
    }

    @Test
    void getsRetriesBackAfterTenSeconds() {
        assertThat(retries()).isEqualTo(100);
        clock.advance(Duration.ofSeconds(9));
        assertThat(retries()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(retries()).isEqualTo(100);
    }

    @Test
    void startsAfreshAfterALongSilence() {
        requests(1000);
        retries();
        clock.advance(Duration.ofDays(300));
        assertThat(retries()).isEqualTo(100);
    }

    private void requests(int count) {
        for (var i = 0; i < count; i++) {
            budget.request();
        }
    }

    private int retries() {
        var made = 0;
        while (budget.tryRetry()) {
            made++;
        }
        return made;
    }
}
