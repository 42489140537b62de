package io.colonnade.dns;

/** Thrown if the DNS port cannot be opened. The message names the port, says why, and says what to do. */
public final class ListenException extends RuntimeException {
    ListenException(String message) {
        super(message);
    }

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
