package io.colonnade.store.pool;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request for which statements run, and what it must see: its own writes, and those of its session. The Vert.x context of
 * a request holds the requester, so that sites need not pass it on.
 *
 * <p>Used on the event loop of the request.
 */
public final class Requester {
    private Instant seenBefore = Instant.MIN;
    private @Nullable Supplier<Instant> clock;

    Requester() {}

    /** Sets the instant, in the database's time, up to which the session has written: the request must see all of that. */
    public void mustSee(Instant written) {
        seenBefore = written;
    }

    /**
     * The database's time now, which is after all writes of this request. Empty if the request has not written, or if only the primary
     * is ever read.
     */
    public Optional<Instant> written() {
        return Optional.ofNullable(clock).map(Supplier::get);
    }

    /**
     * Notes a write.
     *
     * @param databaseTime a clock that is never behind the primary's own
     */
    void wrote(Supplier<Instant> databaseTime) {
        clock = databaseTime;
    }

    /** Whether a server that has everything committed before the instant has what this request must see. */
    boolean isServedBy(Instant upTo) {
        return clock == null && upTo.isAfter(seenBefore);
    }
}
