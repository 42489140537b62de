package io.colonnade.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts load on a contender until a request costs the same again and again: a JVM compiles for seconds what it has been called for, and costs
 * up to twenty times as much meanwhile.
 *
 * @param limitSeconds after which it is given up
 */
record Warming(Effort effort, int limitSeconds) {
    private static final int CONNECTIONS = 64;

    /** Fails if the contender is not steady within the limit. */
    void warm(RunningContender contender, Ask ask, Path folder) throws IOException, BenchException {
        var window = effort.windowSeconds();
        var steadiness = new Steadiness();
        for (var seconds = 0; seconds < effort.warmSeconds() || !steadiness.isReached(); seconds += window) {
            if (seconds >= limitSeconds) {
                throw new BenchException("not steady: " + contender.contender().fullName() + " took " + steadiness
                        + " us of CPU per request in windows of " + window + " s");
            }
            steadiness.add(Saturation.measure(contender, ask, CONNECTIONS, window, folder)
                    .cpu());
        }
    }
}
