package io.colonnade.cluster;

/** The node cannot be a member of its cluster. The message is one line for people: what happened and what to do. */
public final class ClusterException extends RuntimeException {
    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
