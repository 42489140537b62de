package io.colonnade.chaos;

import java.util.concurrent.TimeUnit;

/** Milliseconds since the run began. */
final class Timer {
    private final long began = System.nanoTime();

    long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
