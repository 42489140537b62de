package io.colonnade.web;

import java.util.concurrent.atomic.AtomicLong;

/** Limits and counts the bytes of files that the web tier holds in memory. May be used on any thread. */
final class MemoryBudget {
    private final long perFile;
    private final long total;
    private final AtomicLong used = new AtomicLong();

    /**
     * Sets the limits.
     *
     * @param heap the largest heap that the JVM may have, in bytes; at most a quarter of it is used, whatever the configuration says
     */
    MemoryBudget(WebConfig limits, long heap) {
        this.perFile = limits.fileInMemory();
        this.total = Math.min(limits.inMemory(), heap / 4);
    }

    /** Reserves the bytes of one file; false if the file must not be held in memory. */
    boolean take(long bytes) {
        if (bytes > perFile) {
            return false;
        }
        var before = used.getAndAccumulate(bytes, (taken, more) -> fits(taken, more) ? taken + more : taken);
        return fits(before, bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }

    private boolean fits(long taken, long more) {
        return taken + more <= total;
    }
}
