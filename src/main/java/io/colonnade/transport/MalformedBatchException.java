package io.colonnade.transport;

/** A batch that no member of our version makes. The link it came by starts over. */
final class MalformedBatchException extends RuntimeException {
    MalformedBatchException(String message) {
        super(message);
    }
}
