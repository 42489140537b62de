package io.colonnade.store.server;

/** The node cannot use the database that it is configured to use. The message is one line for people: what happened and what to do. */
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }
}
