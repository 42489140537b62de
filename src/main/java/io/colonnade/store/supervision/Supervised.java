package io.colonnade.store.supervision;

import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreException;
import java.io.IOException;
import java.util.List;

/** One node's part in running a server. Used on one thread. */
public interface Supervised {
    /**
     * Sees to it that the server runs, if that is for this node to do. Gives the servers that are to be used now. Called
     * again and again.
     *
     * @throws StoreException if this node may not have the server
     */
    List<Server> round() throws IOException, InterruptedException;

    /** Why no server runs, for people; empty if one does, or if that is not known. On any thread. */
    String problem();

    /** Leaves what is shared in order. */
    void leave() throws IOException, InterruptedException;
}
