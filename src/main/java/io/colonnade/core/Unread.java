package io.colonnade.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that were written for one client and that the client has not taken yet, so that a client that does not read cannot
 * fill the memory of a node. May be used on any thread.
 */
public final class Unread {
    /** What a client may leave unread however much others do. */
    private static final long ALWAYS = 64 << 10;

    /** The limits of a node, and what all its clients together have not taken. */
    public static final class Budget {
        private final AtomicLong bytes = new AtomicLong();
        private final long each;
        private final long all;

        /**
         * @param each the bytes that wait for one client, after which no more are written
         * @param all the same for all clients together; each may then have 64 KiB
         */
        public Budget(long each, long all) {
            this.each = each;
            this.all = all;
        }

        /** The bytes that wait for all clients. */
        public long bytes() {
            return bytes.get();
        }
    }

    private final Budget budget;
    private final AtomicLong bytes = new AtomicLong();

    public Unread(Budget budget) {
        this.budget = budget;
    }

    /** Adds what is about to be written; false, without effect, if too much waits already. What is written first is never too much. */
    public boolean add(long written) {
        var waiting = bytes.get();
        if (waiting >= budget.each || (waiting >= ALWAYS && budget.bytes.get() >= budget.all)) {
            return false;
        }
        bytes.addAndGet(written);
        budget.bytes.addAndGet(written);
        return true;
    }

    /** What was added was taken, or is lost. */
    public void taken(long written) {
        bytes.addAndGet(-written);
        budget.bytes.addAndGet(-written);
    }
}
