package io.colonnade.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts load on a contender until a request costs the same again and again: a JVM compiles for seconds what it has been called for, and
 * costs up to twenty times as much meanwhile.
 *
 * @param leastSeconds that it takes
 * @param mostSeconds after which it is given up
 */
record Warming(int leastSeconds, int mostSeconds) {
    private static final int WINDOW_SECONDS = 1;

    /** Fails if the contender is not steady within the limit. */
    void warm(RunningContender contender, Ask ask, int connections, Path folder) throws IOException, BenchException {
        var steadiness = new Steadiness();
        for (var seconds = 0; seconds < leastSeconds || !steadiness.isReached(); seconds += WINDOW_SECONDS) {
            if (seconds >= mostSeconds) {
                throw new BenchException("not steady: " + contender.contender().fullName() + " took " + steadiness
                        + " us of CPU per request in windows of " + WINDOW_SECONDS + " s");
            }
            steadiness.add(Saturation.measure(contender, ask, connections, WINDOW_SECONDS, folder)
                    .cpu());
        }
    }
}
