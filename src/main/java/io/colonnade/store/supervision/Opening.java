package io.colonnade.store.supervision;

/** Opens a node's part in running a server. */
@FunctionalInterface
public interface Opening {
    /**
     * Opens the data directory; blocks on the disk.
     *
     * @param admitted to be called as soon as it is certain that this node may have the server, whether or not it runs already
     */
    Supervised open(Runnable admitted) throws Exception;
}
