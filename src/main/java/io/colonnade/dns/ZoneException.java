package io.colonnade.dns;

/** Thrown if a zone cannot be used. The message names the zone, the file and the line, and says what is wrong. */
public final class ZoneException extends RuntimeException {
    ZoneException(String message) {
        super(message);
    }

    ZoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
