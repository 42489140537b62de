package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.app.LaneSite.State;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SitesHealthTest {
    private record Fake(State state, @Nullable Throwable failure) implements SitesHealth.OnLane {}

    private static final Fake STARTING = new Fake(State.STARTING, null);
    private static final Fake READY = new Fake(State.READY, null);

    private final ManualClock clock = new ManualClock();
    private final SitesHealth health = new SitesHealth(List.of("shop", "blog"), 2, clock);
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void aSiteIsReadyWhenItHasStartedOnAllLanes() {
        health.onChange(changes::getAndIncrement);
        says("is still starting", READY);
        says("is still starting", READY, STARTING);
        assertThat(changes).hasValue(0);
        says("is ready", READY, READY);
        assertThat(changes).hasValue(1);
        assertThat(health.of("blog").inWords()).isEqualTo("is still starting");
    }

    @Test
    void aSiteThatFailedOnOneLaneHasFailed() {
        says("has failed: IllegalStateException: no table", READY, failed(new IllegalStateException("no\n table")));
        says("has failed: NullPointerException", failed(new NullPointerException()), READY);
        says("has failed: the database is away", failed(away()), READY);
    }

    @Test
    void saysWhatChangesAStateThatIsFinal() {
        says(
                "has failed: NoClassDefFoundError: shop/Basket; it stays so until this node is started with another jar of the"
                        + " site",
                failed(new NoClassDefFoundError("shop/Basket")));
    }

    @Test
    void staysFailedUntilItHasStartedEverywhere() {
        says("has failed: the database is away", failed(away()), STARTING);
        var since = health.of("shop").since();
        clock.advance(Duration.ofSeconds(5));
        says("has failed: the database is away", failed(away()), failed(away()));
        assertThat(health.of("shop").since()).isEqualTo(since);
        says("has failed: the database is away", READY, failed(away()));
        says("has failed: the database is away", READY, STARTING);
        says("is ready", READY, READY);
        assertThat(health.of("shop").since()).isAfter(since);
    }

    private void says(String expected, Fake... lanes) {
        health.changed("shop", () -> List.of(lanes));
        assertThat(health.of("shop").inWords()).isEqualTo(expected);
    }

    private static Fake failed(Throwable cause) {
        return new Fake(State.FAILED, cause);
    }

    private static Failure away() {
        return new Failure(Kind.DATABASE_UNAVAILABLE, Progress.NOTHING, "the database is away");
    }
}
