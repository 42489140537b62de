package io.colonnade.dns;

/** The DNS port cannot be opened; the message says which, why, and what to do. */
public final class ListenException extends RuntimeException {
    ListenException(String message) {
        super(message);
    }

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
