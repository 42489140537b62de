package io.colonnade.store.server;

import io.vertx.core.Future;
import java.util.List;

/** Knows which servers there are. */
public interface ServerSource {
    /** What they are, as status shows it, such as {@code embedded}. */
    String kind();

    /**
     * Begins to look; returns at once. Completes when it is known that this node may use what it finds; fails with {@link
     * StoreException} if it may not.
     */
    Future<Void> start();

    /**
     * The servers that are to be used now, in the order in which they were configured; empty while none is known. On any
     * thread, never blocks.
     */
    List<Server> servers();

    /** Why there is none that works, if that is known; empty if not. On any thread. */
    default String problem() {
        return "";
    }

    /** Ends the looking, and leaves what is shared in order; blocks until that is done. */
    void stop();
}
