package io.colonnade.security;

/** The secret cannot be had. The message is one line for people: what happened and what to do. */
public final class SecretException extends RuntimeException {
    SecretException(String message, Throwable cause) {
        super(message, cause);
    }

    SecretException(String message) {
        super(message);
    }
}
