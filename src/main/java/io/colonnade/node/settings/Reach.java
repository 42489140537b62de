package io.colonnade.node.settings;

import io.colonnade.core.Address;
import java.util.List;

/** Where clients can reach a node, according to its settings. */
public final class Reach {
    private Reach() {}

    /** The addresses that name servers answer for this node. */
    public static List<String> addresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of(publicHost(config)) : config.publicAddress();
    }

    /** Where the node's public port listens: at every address of the machine, unless the settings name one. */
    public static Address publicPort(NodeConfig config) {
        return new Address(config.publicBind().isEmpty() ? "0.0.0.0" : config.publicBind(), config.port());
    }

    /** The address of the public port that the other members are told: one of those at which it listens. */
    public static String publicHost(NodeConfig config) {
        return config.publicBind().isEmpty() ? config.bind() : config.publicBind();
    }

    /** Where the node's name server listens if the settings do not say: on loopback only, unless the node has a public address. */
    public static List<String> nameServerAddresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of("127.0.0.1") : List.of("0.0.0.0", "::");
    }
}
