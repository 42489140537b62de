package io.colonnade.core;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The time that a draining node gives its WebSockets and event streams. Each is asked to go at a point of its own, evenly
 * spread, so that their clients do not all connect anew at the same moment.
 */
public final class DrainWindow {
    private final long end;
    private final long length;
    private final DoubleSupplier random;

    /**
     * @param begin in {@link Clock#nanos()}
     * @param random numbers from 0 to less than 1; called by several threads
     */
    public DrainWindow(long begin, Duration length, DoubleSupplier random) {
        this.end = begin + length.toNanos();
        this.length = length.toNanos();
        this.random = random;
    }

    /**
     * When a conversation that is first seen now is to go: between now and the window's end. Who comes later, as clients with
     * an old address may, gets a window of its own.
     */
    public long pointAfter(long now) {
        var left = end - now;
        return now + (long) (random.getAsDouble() * (left > 0 ? left : length));
    }
}
