package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastingResponsesTest {
    private final ManualClock clock = new ManualClock();
    private final LastingResponses lasting = new LastingResponses();
    private final AtomicInteger left = new AtomicInteger();

    @Test
    void endsEachOnceAtItsPointInTheWindow() {
        lasting.add(left::incrementAndGet);
        var window = new DrainWindow(clock.nanos(), Duration.ofSeconds(10), () -> 0.5);
        lasting.check(window, clock.nanos());
        clock.advance(Duration.ofMillis(4999));
        lasting.check(window, clock.nanos());
        assertThat(left).hasValue(0);
        clock.advance(Duration.ofMillis(1));
        lasting.check(window, clock.nanos());
        lasting.check(window, clock.nanos());
        assertThat(left).hasValue(1);
    }

    @Test
    void endsNothingWhileTheNodeDoesNotDrain() {
        lasting.add(left::incrementAndGet);
        clock.advance(Duration.ofDays(1));
        lasting.check(null, clock.nanos());
        assertThat(left).hasValue(0);
    }

    @Test
    void forgetsWhatHasEndedEvenWhileOthersAreEnded() {
        LastingResponses.Lasting second = left::incrementAndGet;
        lasting.add(() -> lasting.remove(second));
        lasting.add(second);
        lasting.remove(second);
        var window = new DrainWindow(clock.nanos(), Duration.ofSeconds(10), () -> 0);
        lasting.check(window, clock.nanos());
        assertThat(left).hasValue(0);
    }

    @Test
    void knowsAStreamOfEventsByItsTypeAndItsMissingLength() {
        var fields = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "text/event-stream; charset=utf-8");
        assertThat(LastingResponses.isEventStream(fields)).isTrue();
        assertThat(LastingResponses.isEventStream(fields.add("Content-Length", "9")))
                .isFalse();
        assertThat(LastingResponses.isEventStream(
                        MultiMap.caseInsensitiveMultiMap().add("Content-Type", "text/plain")))
                .isFalse();
        assertThat(LastingResponses.isEventStream(MultiMap.caseInsensitiveMultiMap()))
                .isFalse();
    }
}
