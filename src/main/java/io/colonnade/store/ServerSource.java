package io.colonnade.store;

import io.vertx.core.Future;
import java.util.Optional;

/** Knows which server is to be used now. */
interface ServerSource {
    /** What it is, as status shows it, such as {@code embedded}. */
    String kind();

    /**
     * Begins to look; returns at once. Completes when it is known that this node may use what it finds; fails with {@link
     * StoreException} if it may not.
     */
    Future<Void> start();

    /** The server that is to be used now; empty while none is known. On any thread, never blocks. */
    Optional<Server> server();

    /** Ends the looking, and leaves what is shared in order; blocks until that is done. */
    void stop();

    /** Ends the looking at once, as if the process died. */
    void halt();
}
