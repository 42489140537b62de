package io.colonnade.store.server;

/** The node may not have the database that it is told to have; the message is one line for people: what happened and what to do. */
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }
}
