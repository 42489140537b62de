package io.colonnade.transport.frame;

/** A batch that no member of this version writes. The link that it arrived by starts over. */
public final class MalformedBatchException extends RuntimeException {
    public MalformedBatchException(String message) {
        super(message);
    }
}
