package io.colonnade.node.settings;

/** Why a node could not start: one line that says what happened and what to do. */
public final class StartException extends RuntimeException {
    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
