package io.colonnade.cluster;

import java.util.function.Consumer;

/** Who is a member: a snapshot that is replaced, and a stream of the replacements. */
public interface Membership {
    /** The present snapshot, with load figures at most one beat old; on any thread, never blocks. */
    Snapshot snapshot();

    /**
     * Calls the listener with the present snapshot, and then with every one in which anything but {@link Member#load} has
     * changed, in order, never two calls at once. It is called on a thread of the cluster's, the first time too: it must not
     * block, and hops to its own event loop if it needs that.
     */
    void onChange(Consumer<Snapshot> listener);
}
