package io.colonnade.transport.link;

import java.util.concurrent.atomic.AtomicLong;

/** A figure that one event loop changes and any thread may read. */
public final class Gauge {
    private final AtomicLong value = new AtomicLong();

    /** Called only on the event loop that owns the figure, which makes it cheaper than an atomic addition. */
    void add(long change) {
        value.setRelease(value.getPlain() + change);
    }

    public long get() {
        return value.getAcquire();
    }
}
