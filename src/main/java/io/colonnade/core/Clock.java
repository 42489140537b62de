package io.colonnade.core;

import java.time.Instant;

/** Time, passed in so that tests run in virtual time. */
public interface Clock {
    /** Monotonic nanoseconds; only differences mean something. */
    long nanos();

    /** The wall clock, for what people read. */
    Instant now();

    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
