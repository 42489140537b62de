package io.colonnade.cluster;

import java.util.function.Consumer;

/** Who is a member: a snapshot that is replaced, and a stream of the replacements. */
public interface Membership {
    /** The present snapshot; on any thread, never blocks. */
    Snapshot snapshot();

    /**
     * Calls the listener with the present snapshot, and then with every new one, in order, never two calls at once. It is
     * called on a thread of the cluster's: it must not block, and hops to its own event loop if it needs that.
     */
    void onChange(Consumer<Snapshot> listener);
}
