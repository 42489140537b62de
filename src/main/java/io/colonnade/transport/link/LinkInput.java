package io.colonnade.transport.link;

import io.colonnade.transport.frame.BatchHeader;

/** The receiving half of a link: notices lost batches, and what is due to be acknowledged. */
final class LinkInput {
    private final long reportStep;
    private boolean begun;
    private int incarnation;
    private long expected;
    private long received;
    private long reported;

    /** @param window bytes that the sender may have on their way */
    LinkInput(long window) {
        this.reportStep = window / 4;
    }

    /** Takes the numbers of a batch, and returns whether batches before it were lost. */
    boolean lost(BatchHeader header) {
        var restarted = begun && header.incarnation() != incarnation;
        if (!begun || restarted) {
            begun = true;
            incarnation = header.incarnation();
            expected = 0;
            reported = 0;
        }
        var gap = header.number() != expected;
        expected = header.number() + 1;
        received = header.bytes();
        return restarted || gap;
    }

    /** Whether this is the batch that follows what has been taken. */
    boolean expects(BatchHeader header) {
        return begun && header.incarnation() == incarnation && header.number() == expected;
    }

    int incarnation() {
        return incarnation;
    }

    /** Whether enough has arrived since the last report for another one. */
    boolean reportDue() {
        return received - reported >= reportStep;
    }

    boolean unreported() {
        return received != reported;
    }

    /** The bytes to report as received. */
    long report() {
        reported = received;
        return received;
    }
}
