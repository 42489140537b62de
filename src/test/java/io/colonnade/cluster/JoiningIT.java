package io.colonnade.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.colonnade.security.ClusterSecret;
import io.colonnade.security.Secrets;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which nodes become members of one cluster, and what is told to those that do not. */
class JoiningIT {
    private final List<TestNode> nodes = new ArrayList<>();
    private ClusterConfig config;

    @BeforeEach
    void findPorts() throws Exception {
        config = FreeClusterPorts.config();
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::kill);
    }

    @Test
    void aNameCanBeTakenOnce() throws Exception {
        start("a");

        assertThatThrownBy(() -> start("a"))
                .isInstanceOf(ClusterException.class)
                .hasMessage("a node named a is already a member of the cluster test; choose another name with --name");
    }

    @Test
    void clustersOfDifferentNamesIgnoreOneAnother() throws Exception {
        var a = start("a");
        var other = new TestNode(config, TestNode.self("a", "other", 0));
        nodes.add(other);
        var b = start("b");

        await().until(() -> a.sees(2) && b.sees(2) && other.sees(1));
    }

    @Test
    void nothingIsLeftOfConnectionsThatAreNoMembers() throws Exception {
        var port = FreeClusterPorts.any();
        nodes.add(new TestNode(config, TestNode.self("a", "test", port)));
        var hazelcast = Hazelcast.getAllHazelcastInstances().stream()
                .filter(each -> each.getCluster().getLocalMember().getAddress().getPort() == port)
                .findFirst()
                .orElseThrow();
        for (var i = 0; i < 100; i++) {
            try (var stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (i % 2 == 0) {
                    stranger.getOutputStream()
                            .write("GET / HTTP/1.1\r\n\r\n".repeat(20).getBytes(US_ASCII));
                }
            }
        }

        await().untilAsserted(() ->
                assertThat(AcceptedChannels.of(HazelcastNode.of(hazelcast))).isEmpty());
        nodes.add(new TestNode(FreeClusterPorts.config(), TestNode.self("b", "test", FreeClusterPorts.nextTo(port))));
        await().until(() -> nodes.get(1).sees(2));
    }

    @Test
    void twoThatStartAtOnceAreOneCluster() throws Exception {
        var both = List.of("a", "b").parallelStream()
                .map(name -> {
                    try {
                        return TestNode.start(name, config);
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                })
                .toList();
        nodes.addAll(both);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> both.get(0).sees(2) && both.get(1).sees(2));
    }

    @Test
    void portsOfTheirOwnNearbyAreFound() throws Exception {
        var port = FreeClusterPorts.any();
        var a = new TestNode(config, TestNode.self("a", "test", port));
        nodes.add(a);
        var b = new TestNode(FreeClusterPorts.config(), TestNode.self("b", "test", FreeClusterPorts.nextTo(port)));
        nodes.add(b);

        await().until(() -> a.sees(2) && b.sees(2));
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();

            assertThatThrownBy(() -> TestNode.join(config, TestNode.self("a", "test", port)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessage("the cluster port " + port
                            + " on 127.0.0.1 cannot be used; name a free one with --cluster-port");
        }
    }

    @Test
    void protocolsOneVersionApartWorkTogether() throws Exception {
        var old = start("a");
        var next = new TestNode(config, TestNode.self("b", "test", 0, 2));
        nodes.add(next);
        await().until(() -> old.sees(2) && next.sees(2));
        map(next).update("key", before -> Buffer.buffer("value")).await(5, TimeUnit.SECONDS);
        assertThat(map(old).read("key").await(5, TimeUnit.SECONDS).toString()).isEqualTo("value");
    }

    @Test
    void protocolsTwoVersionsApartAreRefused() throws Exception {
        start("a");
        assertThatThrownBy(() -> TestNode.join(config, TestNode.self("b", "test", 0, 3)))
                .isInstanceOf(ClusterException.class)
                .hasMessageMatching(
                        "the cluster test at 127\\.0\\.0\\.1:\\d+ does not let this node in: its nodes speak protocol 1"
                                + " and this one 3; versions may differ by one, so upgrade through those between");
    }

    /** In the middle of a change of the secret: the newcomer has given up the old one, which the oldest member still uses. */
    @Test
    @Timeout(20)
    void whoIsRefusedByTheOldestMemberAloneIsToldSoAtOnce() throws Exception {
        var before = ClusterSecret.fresh(new SecureRandom());
        var after = ClusterSecret.fresh(new SecureRandom());
        var oldest = Cluster.join(config, TestNode.self("a", "test", 0), secrets(before, after), () -> false);
        var second = Cluster.join(config, TestNode.self("b", "test", 0), secrets(after, before), () -> false);
        try {
            await().until(() -> second.snapshot().members().size() == 2);
            assertThatThrownBy(() -> Cluster.join(config, TestNode.self("c", "test", 0), secrets(after), () -> false))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining(" does not let this node in: it has another secret");
        } finally {
            second.halt();
            oldest.halt();
        }
    }

    @Test
    @Timeout(30)
    void twoThatMayNotFoundTheClusterWaitForAMember() throws Exception {
        var waiting = Stream.of("b", "c")
                .map(name -> CompletableFuture.supplyAsync(() -> guest(name), runnable -> new Thread(runnable).start()))
                .toList();
        var founder = start("a");
        for (var guest : waiting) {
            nodes.add(guest.join());
        }
        await().until(() -> founder.sees(3) && nodes.get(1).sees(3));
    }

    @Test
    @Timeout(20)
    void theWaitForAMemberCanBeEnded() {
        var ended = new AtomicBoolean();
        var waiting = CompletableFuture.runAsync(() -> {
            var unused = Cluster.join(config, TestNode.guest("a", "test"), TestNode.SECRETS, ended::get);
        });
        ended.set(true);

        assertThatThrownBy(waiting::join)
                .hasRootCauseInstanceOf(ClusterException.class)
                .hasMessageContaining("the search for a member of the cluster test was ended");
    }

    private static Secrets secrets(ClusterSecret... accepted) {
        return new Secrets(List.of(accepted), false);
    }

    private TestNode start(String name) throws Exception {
        var node = new TestNode(config, TestNode.self(name, "test", 0));
        nodes.add(node);
        return node;
    }

    private TestNode guest(String name) {
        try {
            return new TestNode(config, TestNode.guest(name, "test"));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static SharedMap map(TestNode node) {
        return node.cluster.map("test", Duration.ZERO);
    }
}
