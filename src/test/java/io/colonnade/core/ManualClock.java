package io.colonnade.core;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told to go on. */
public final class ManualClock implements Clock {
    private long nanos = Long.MAX_VALUE - 1_000_000_000; // so that wrapping is tested
    private Instant now = Instant.EPOCH;

    public void advance(Duration by) {
        nanos += by.toNanos();
        now = now.plus(by);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return now;
    }
}
