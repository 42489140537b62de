package io.colonnade.transport.frame;

/** A frame that cannot be written, because its reader would not read what was meant. Only the exchange that it belongs to fails. */
public final class UnwritableFrameException extends IllegalArgumentException {
    public UnwritableFrameException(String message) {
        super(message);
    }
}
