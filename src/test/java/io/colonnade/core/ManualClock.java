package io.colonnade.core;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told to go on. */
public final class ManualClock implements Clock {
    private long nanos = Long.MAX_VALUE - 1_000_000_000; // so that wrapping is tested

    public void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
