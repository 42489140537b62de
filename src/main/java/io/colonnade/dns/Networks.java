package io.colonnade.dns;

import io.colonnade.core.Network;
import java.util.List;

/** Lists of addresses and networks in the settings. */
final class Networks {
    private Networks() {}

    static List<Network> parse(List<String> networks) {
        return networks.stream().map(Network::parse).toList();
    }

    /**
     * Checks that each text is an address or a network.
     *
     * @throws IllegalArgumentException if not; its message has the key, the text, and what is allowed
     */
    static void check(String key, List<String> networks) {
        try {
            var unused = parse(networks);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(key + ": " + refused.getMessage(), refused);
        }
    }
}
