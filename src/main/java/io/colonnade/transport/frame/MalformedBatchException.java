package io.colonnade.transport.frame;

/**
 * A batch or a frame that no member of this version writes. If it is known which stream a frame is for, only that stream fails. Else the
 * link that the batch arrived by starts over.
 */
public final class MalformedBatchException extends RuntimeException {
    public MalformedBatchException(String message) {
        super(message);
    }
}
