package io.colonnade.it.dns;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The name servers of nodes. */
final class NameServers {
    private NameServers() {}

    /** A node that is nothing but a name server, with the table's zones. */
    static Launch withTheTablesZones(Launch launch, Path folder) {
        var zones = ZoneFiles.ORIGINS.stream()
                .map(origin -> "    - name: " + origin + "\n      file: " + ZoneFiles.path(origin) + "\n")
                .collect(Collectors.joining("", "dns:\n  zones:\n", ""));
        try {
            var config = Files.writeString(folder.resolve("zones.yaml"), zones);
            return launch.with("--roles", "dns", "--dns-port", "0", "--config", config.toString());
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }

    static InetSocketAddress of(Node node) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), node.dnsPort());
    }
}
