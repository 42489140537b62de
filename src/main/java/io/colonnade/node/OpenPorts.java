package io.colonnade.node;

import io.colonnade.core.Address;
import java.util.Optional;

/**
 * The addresses that a node listens on, as far as its start has come.
 *
 * @param publicPort empty without the role balancer
 * @param dns empty without the role, and before the name server listens
 */
record OpenPorts(Address admin, Optional<Address> publicPort, Optional<Address> dns) {
    OpenPorts(Address admin, Optional<Address> publicPort) {
        this(admin, publicPort, Optional.empty());
    }

    OpenPorts withDns(Optional<Address> address) {
        return new OpenPorts(admin, publicPort, address);
    }
}
