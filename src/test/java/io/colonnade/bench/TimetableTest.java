package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void fixesEachRequestsTimeInAdvance() {
        var timetable = new Timetable(4, 1);
        assertThat(timetable.next()).isZero();
        assertThat(timetable.isDue(SECOND / 4 - 1)).isFalse();
        assertThat(timetable.isDue(SECOND / 4)).isTrue();
        assertThat(timetable.next()).isEqualTo(SECOND / 4);
        assertThat(timetable.nanosToNext(SECOND / 4)).isEqualTo(SECOND / 4);
    }

    @Test
    void chargesAStandstillToAllThatWereDueInIt() {
        var timetable = new Timetable(100, 2);
        // Answered at once for a second, then not for a second, then all together.
        for (var i = 0; i < 200; i++) {
            var due = timetable.next();
            timetable.answered(due < SECOND ? 0 : 2 * SECOND - due);
        }
        assertThat(timetable.isFinished()).isTrue();
        assertThat(timetable.latency(50)).isLessThan(20);
        assertThat(timetable.latency(75)).isCloseTo(500, within(15.0));
        assertThat(timetable.latency(99.9)).isCloseTo(1_000, within(15.0));
    }

    @Test
    void countsWhatFailedOrWasNeverAnswered() {
        var timetable = new Timetable(3, 1);
        timetable.next();
        timetable.answered(1);
        timetable.next();
        timetable.fail();
        timetable.answered(1);
        assertThat(timetable.failures()).isEqualTo(2);
        assertThat(timetable.isFinished()).isFalse();
    }
}
