package io.colonnade.store.galera;

import io.colonnade.core.Clock;
import java.time.Duration;

/**
 * How long a server has been without a majority, though all nodes are present. The time during which a server starts and copies the data
 * of another member does not count, however long it takes on a busy machine: the server does not answer then, so nothing is known of it.
 */
final class TimeApart {
    /** After this time the server is stopped, to learn its position. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private final Clock clock;
    private boolean counting;
    private long since;

    TimeApart(Clock clock) {
        this.clock = clock;
    }

    /** The server does not run, does not answer, or is not apart. */
    void reset() {
        counting = false;
    }

    /** The server answers and is apart; whether it has been for too long. */
    boolean isTooLong() {
        if (!counting) {
            counting = true;
            since = clock.nanos();
        }
        return clock.nanos() - since > LIMIT.toNanos();
    }
}
