package io.colonnade.app;

/** Thrown if a site cannot be loaded. The message is one line that names the site, its jar and the reason. */
public final class SiteException extends RuntimeException {
    SiteException(String message) {
        super(message);
    }

    SiteException(String message, Throwable cause) {
        super(message, cause);
    }
}
