package io.colonnade.dns;

import io.colonnade.core.Address;
import io.colonnade.core.BindTrial;

/** Thrown if the DNS port cannot be opened. The message names the port, says why, and says what to do. */
public final class ListenException extends RuntimeException {
    ListenException(String message) {
        super(message);
    }

    private ListenException(String message, Throwable cause) {
        super(message, cause);
    }

    static ListenException refused(Address address, Throwable cause) {
        return new ListenException(
                "the DNS port " + address.port() + " on " + address.host() + " cannot be opened (" + cause.getMessage()
                        + "); choose another with --dns-port, or another address with dns.bind"
                        + BindTrial.hint(address.port()),
                cause);
    }
}
