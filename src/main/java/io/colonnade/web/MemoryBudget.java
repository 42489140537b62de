package io.colonnade.web;

import java.util.concurrent.atomic.AtomicLong;

/** How much of the files may be held in memory, and how much is. */
final class MemoryBudget {
    private final long perFile;
    private final long total;
    private final AtomicLong used = new AtomicLong();

    /**
     * Sets the limits.
     *
     * @param heap the largest heap the JVM may have, in bytes; a quarter of it may be used whatever the configuration says
     */
    MemoryBudget(WebConfig limits, long heap) {
        this.perFile = limits.fileInMemory();
        this.total = Math.min(limits.inMemory(), heap / 4);
    }

    /** Takes the bytes of one file, if it may be held. */
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
