package io.colonnade.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** When each request of a fixed rate is due, and how long after that it was answered. All times are nanoseconds since the start. */
final class Timetable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final double perSecond;
    private final long count;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private long sent;
    private long answered;
    private long failed;

    Timetable(double perSecond, int seconds) {
        this.perSecond = perSecond;
        this.count = Math.max(1, (long) (perSecond * seconds));
    }

    boolean isDue(long now) {
        return sent < count && due(sent) <= now;
    }

    /** Takes the next request, and says when it is due. */
    long next() {
        return due(sent++);
    }

    private long due(long number) {
        return (long) (number * NANOS_PER_SECOND / perSecond);
    }

    long end() {
        return due(count);
    }

    long nanosToNext(long now) {
        return due(sent) - now;
    }

    /** Counts an answer that came so long after its request was due. */
    void answered(long nanos) {
        answered++;
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    void fail() {
        failed++;
    }

    boolean isFinished() {
        return answered == count;
    }

    /** Requests that were answered with an error, or not at all. */
    long failures() {
        return failed + count - answered;
    }

    /** In milliseconds. */
    double latency(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
