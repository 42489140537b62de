package io.colonnade.balancer;

import io.colonnade.core.Address;
import io.colonnade.core.BindTrial;

/** The node cannot listen on its public port; the message says why and what to do. */
public final class PortException extends RuntimeException {
    private PortException(String message) {
        super(message, null, false, false);
    }

    static PortException taken(int port, String cluster) {
        return new PortException("port " + port + " is taken by a process that is no member of cluster " + cluster
                + "; stop it or choose another with --port");
    }

    static PortException notSharable(int port, String owner) {
        return new PortException("port " + port + " is taken by member " + owner
                + ", and this platform cannot share a port between processes; choose another with --port");
    }

    static PortException cannotListen(Address address, Throwable cause) {
        return new PortException("cannot listen on " + address + ": " + cause.getMessage()
                + "; choose another with --port" + BindTrial.hint(address.port()));
    }
}
