package io.colonnade.node.settings;

import java.util.List;

/** Where the world can reach a node, as its settings say. */
public final class Reach {
    private Reach() {}

    /** The addresses that name servers answer for this node. The public port is open at every address; one of them is {@code bind}. */
    public static List<String> addresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of(config.bind()) : config.publicAddress();
    }

    /** Where its own name server listens if the settings do not say: a node that the world does not reach keeps to itself. */
    public static List<String> nameServerAddresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of("127.0.0.1") : List.of("0.0.0.0", "::");
    }
}
