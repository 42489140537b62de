package io.colonnade.app.form;

import io.netty.handler.codec.DecoderException;

/** Tells a site that a form cannot be read, as Netty's exceptions do, for which Vert.x Web answers 400. It has no stack trace. */
public final class FormException extends DecoderException {
    public FormException(String message) {
        super(message);
    }

    /** Nobody's code has failed. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is nothing to guard
    public Throwable fillInStackTrace() {
        return this;
    }
}
