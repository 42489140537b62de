package io.colonnade.node.settings;

import io.colonnade.core.Address;
import java.util.List;

/** Where clients can reach a node, according to its settings. */
public final class Reach {
    private Reach() {}

    /** The addresses that name servers answer for this node. The public port is open at every address; one of them is {@code bind}. */
    public static List<String> addresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of(config.bind()) : config.publicAddress();
    }

    /** Where the node's public port listens: at every address of the machine. */
    public static Address publicPort(NodeConfig config) {
        return new Address("0.0.0.0", config.port());
    }

    /** Where the node's name server listens if the settings do not say: on loopback only, unless the node has a public address. */
    public static List<String> nameServerAddresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of("127.0.0.1") : List.of("0.0.0.0", "::");
    }
}
