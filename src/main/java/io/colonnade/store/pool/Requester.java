package io.colonnade.store.pool;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request that statements run for, and what it must see: its own writes, and those of its session. The Vert.x context of
 * a request holds it, so that sites need not hand it around.
 *
 * <p>Used on the event loop of the request.
 */
public final class Requester {
    private Instant seenBefore = Instant.MIN;
    private @Nullable Supplier<Instant> clock;

    Requester() {}

    /** Says up to which instant of the database's time its session has written: all of that must be seen. */
    public void mustSee(Instant written) {
        seenBefore = written;
    }

    /**
     * The database's time now, if this request has written: what was written is older. Empty if it has not, or if nothing but
     * the primary is ever read.
     */
    public Optional<Instant> written() {
        return Optional.ofNullable(clock).map(Supplier::get);
    }

    /** @param databaseTime never behind the primary's own clock */
    void wrote(Supplier<Instant> databaseTime) {
        clock = databaseTime;
    }

    /** Whether a server that has all that was committed before the instant has what this request must see. */
    boolean isServedBy(Instant upTo) {
        return clock == null && upTo.isAfter(seenBefore);
    }
}
