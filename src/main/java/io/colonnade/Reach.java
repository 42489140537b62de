package io.colonnade;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where the world can reach a node, as its settings say. */
final class Reach {
    private Reach() {}

    /** The addresses that name servers answer for this node. */
    static List<String> addresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of(ip(config.bind())) : config.publicAddress();
    }

    /** Where its own name server listens if the settings do not say: a node that the world does not reach keeps to itself. */
    static List<String> nameServerAddresses(NodeConfig config) {
        return config.publicAddress().isEmpty() ? List.of("127.0.0.1") : List.of("0.0.0.0", "::");
    }

    private static String ip(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new StartException("bind is " + host + ", which has no address", unknown);
        }
    }
}
