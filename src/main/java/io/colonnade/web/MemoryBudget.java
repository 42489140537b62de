package io.colonnade.web;

import java.util.concurrent.atomic.AtomicLong;

/** How much of the files may be held in memory, and how much is. */
final class MemoryBudget {
    private final WebConfig limits;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(WebConfig limits) {
        this.limits = limits;
    }

    /** Takes the bytes of one file, if it may be held. */
    boolean take(long bytes) {
        if (bytes > limits.fileInMemory()) {
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
        return taken + more <= limits.inMemory();
    }
}
