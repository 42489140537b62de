package io.colonnade.store.server;

import io.vertx.core.Future;
import java.util.List;

/** Where the list of servers comes from. */
public interface ServerSource {
    /** The kind of the one server that the nodes run. */
    String EMBEDDED = "embedded";

    /** The kind of servers, as the status shows it, such as {@code embedded}. */
    String kind();

    /**
     * Begins to look for servers, and returns at once. Completes when it is known that this node may use them; fails with {@link
     * StoreException} if it may not.
     */
    Future<Void> start();

    /**
     * The servers that are to be used now, in the configured order; empty while none is known. Any thread may call; never blocks.
     */
    List<Server> servers();

    /** Why no server works; empty if one does, or if the reason is not known. Any thread may call. */
    default String problem() {
        return "";
    }

    /**
     * Whether a server's {@code read_only} says that its disk is full, because the nodes set it then and nobody else does. Otherwise it
     * says that another server is written to.
     */
    default boolean readOnlyMeansFull() {
        return kind().equals(EMBEDDED);
    }

    /** Whether this node knows already, before its probe does, that the disk of the server is full. Any thread may call. */
    default boolean isFull() {
        return false;
    }

    /** Stops looking and releases what is shared with other nodes; blocks until that is done. */
    void stop();
}
