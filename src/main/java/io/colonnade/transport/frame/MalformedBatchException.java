package io.colonnade.transport.frame;

/** A batch that no member of our version makes. The link it came by starts over. */
public final class MalformedBatchException extends RuntimeException {
    public MalformedBatchException(String message) {
        super(message);
    }
}
