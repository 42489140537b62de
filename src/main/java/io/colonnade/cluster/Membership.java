package io.colonnade.cluster;

import java.util.function.Consumer;

/** The members of the cluster: a snapshot that is replaced as a whole, and listeners that get each new one. */
public interface Membership {
    /** The present snapshot, with load figures at most one beat old; on any thread, never blocks. */
    Snapshot snapshot();

    /**
     * Calls the listener with the present snapshot, and then with every one in which anything but {@link Member#load} has
     * changed, in order, never two calls at once. The listener is called on a thread of the cluster, also the first time. It
     * must not block, and must itself go to its own event loop if it needs that.
     */
    void onChange(Consumer<Snapshot> listener);
}
