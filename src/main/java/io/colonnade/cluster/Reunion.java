package io.colonnade.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds members that were lost, and nodes that have founded a cluster of their own, and makes Hazelcast merge the two clusters:
 * the smaller one rejoins. Hazelcast's own search, which is turned off, waits 5 s for each address that does not answer. This
 * search asks all at once and only goes on with those that are connected.
 *
 * <p>Only the oldest member of a cluster searches. To be called every second, on a thread of its own, because it waits while the
 * other cluster is asked.
 */
final class Reunion {
    /** For how long a member that left is looked for; a node that comes back later finds the cluster itself. */
    private static final long LOOK_FOR = Duration.ofHours(1).toNanos();

    /**
     * Every so many rounds, beginning with the first, the search also covers the addresses at which no cluster was ever seen.
     */
    private static final int WIDE_PERIOD = 15;

    /** For how many rounds it does: one to connect, the others to ask. */
    private static final int WIDE_ROUNDS = 3;

    private final Node node;
    private final List<io.colonnade.core.Address> anywhere;
    private final Map<Address, Long> seen = new HashMap<>();
    private int rounds;

    /** @param anywhere where members may be that were never seen */
    Reunion(HazelcastInstance hazelcast, List<io.colonnade.core.Address> anywhere) {
        this.node = HazelcastNode.of(hazelcast);
        this.anywhere = anywhere;
    }

    void round() {
        if (node.isRunning() && node.getClusterService().isJoined()) {
            look();
            rounds++;
        }
    }

    private void look() {
        var members = node.getClusterService().getMembers().stream()
                .map(com.hazelcast.cluster.Member::getAddress)
                .collect(Collectors.toSet());
        var now = System.nanoTime();
        members.forEach(member -> seen.put(member, now));
        seen.values().removeIf(last -> now - last > LOOK_FOR);
        if (!node.getClusterService().isMaster()) {
            return;
        }
        var connected = Stream.concat(seen.keySet().stream(), elsewhere())
                .filter(address -> !members.contains(address))
                .filter(this::connected)
                .map(address -> new io.colonnade.core.Address(address.getHost(), address.getPort()).toString())
                .toList();
        if (!connected.isEmpty()) {
            ask(connected);
        }
    }

    private void ask(List<String> addresses) {
        node.getConfig().getNetworkConfig().getJoin().getTcpIpConfig().setMembers(addresses);
        node.getJoiner().searchForOtherClusters();
    }

    private Stream<Address> elsewhere() {
        return rounds % WIDE_PERIOD < WIDE_ROUNDS
                ? anywhere.stream().map(Reunion::resolved).flatMap(Optional::stream)
                : Stream.empty();
    }

    private static Optional<Address> resolved(io.colonnade.core.Address address) {
        try {
            return Optional.of(new Address(address.host(), address.port()));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    /** Whether there is a connection. If there is none, one is begun for the next round. */
    private boolean connected(Address address) {
        var connection =
                node.getServer().getConnectionManager(EndpointQualifier.MEMBER).getOrConnect(address, true);
        return connection != null && connection.isAlive();
    }
}
