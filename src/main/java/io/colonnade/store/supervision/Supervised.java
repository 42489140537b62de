package io.colonnade.store.supervision;

import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreException;
import java.io.IOException;
import java.util.List;

/** One node's part in running a server. For use on one thread. */
public interface Supervised {
    /**
     * Makes sure that the server runs, if this node is to run it. Returns the servers that are to be used now. Called repeatedly.
     *
     * @throws StoreException if this node may not have the server; that is final
     */
    List<Server> round() throws IOException, InterruptedException;

    /** Why no server runs, as text for people; empty if one runs, or if the reason is not known. Any thread may call. */
    String problem();

    /** Whether the disk of a server of this node is full, so that nothing is to be written to it. Any thread may call. */
    default boolean isFull() {
        return false;
    }

    /** Ends the node's part, and releases what is shared with other nodes. */
    void leave() throws IOException, InterruptedException;
}
