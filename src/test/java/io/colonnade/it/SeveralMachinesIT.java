package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.EventStream;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Namespaces;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.it.harness.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A cluster over three machines, of which the first has the database. The tests run in their order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralMachinesIT {
    /** Three seconds are promised; the rest is for a busy machine. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(5);

    private static final Duration WHOLE_AGAIN = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private static UnaryOperator<Launch> sites = UnaryOperator.identity();
    private static Namespaces network;
    private static Nodes cluster;
    private static List<Node> nodes;

    @BeforeAll
    static void start() throws IOException {
        var ground = TestSite.in(folder).toString();
        sites = launch -> launch.with("--site", "bundled", "--site", ground);
        network = new Namespaces(3);
        cluster = new Nodes();
        var home = cluster.begin(launch -> sites.apply(launch.on(network, network.get(0))));
        nodes = new ArrayList<>(List.of(home, guest(1), guest(2)));
        nodes.forEach(Node::awaitReady);
        cluster.awaitAgreement();
        BoardClient.awaitBoard(nodes);
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            cluster.close();
        } finally {
            network.close();
        }
    }

    @Test
    @Order(1)
    void theBoardIsServedByEachOfThem() {
        var ann = BoardClient.of(nodes.get(0)).signIn("Ann");
        assertThat(ann.post("from the first").statusCode()).isEqualTo(201);
        for (var node : nodes) {
            assertThat(ann.at(node).whoAmI()).isEqualTo("Ann");
            assertThat(ann.at(node).texts("")).containsExactly("from the first");
            var shown = nodes.get(0).member(node.name()).orElseThrow();
            assertThat(shown.getString("public")).isEqualTo(node.host() + ":" + node.port());
        }
    }

    @Test
    @Order(2)
    void aSecondHomeOfTheDatabaseIsRefused() throws IOException {
        var second = cluster.begin(launch -> launch.on(network, network.get(1)).with("--cluster-port", "5702"));
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.log())
                .contains("colonnade: the cluster has its database at "
                        + nodes.get(0).host())
                .contains("on the node " + nodes.get(0).name() + ",")
                .contains("start this node without the role db");
        cluster.awaitAgreement();
    }

    @Test
    @Order(3)
    void eachSideOfAPartitionGoesOnAndTheyBecomeOneAgain() throws IOException {
        var home = nodes.get(0);
        var rest = nodes.subList(1, 3);
        var epochs = epochs();
        var moved = BoardClient.of(home).signIn("before");
        var visits = new ArrayList<Visit>();
        for (var i = 0; i < 30; i++) {
            visits.add(Visit.begin(home, "last", "none"));
        }

        network.get(0).cut();
        awaitSeen(List.of(home));
        awaitSeen(rest);
        rest.forEach(node -> assertThat(moved.at(node).whoAmI()).isEqualTo("before"));
        assertThat(BoardClient.of(home)
                        .signIn("alone")
                        .post("with the database")
                        .statusCode())
                .isEqualTo(201);
        var known = knownAt(home, visits);
        assertThat(known)
                .as("a third has neither its entry nor the backup at home")
                .hasSizeGreaterThan(1);
        var visit = known.get(0);
        var other = known.get(1);
        for (var node : rest) {
            assertThat(BoardClient.of(node).get("/").statusCode()).isEqualTo(200);
            assertThat(BoardClient.of(node).get(BoardClient.MESSAGES).statusCode())
                    .isEqualTo(503);
        }
        var here = BoardClient.of(home).signIn("here");
        var there = BoardClient.of(rest.get(1)).signIn("there");
        visit.put(home, "last", "home");
        visit.put(rest.get(0), "last", "rest");
        other.put(rest.get(1), "last", "rest");
        other.put(home, "last", "home");

        network.get(0).heal();
        cluster.awaitAgreement(WHOLE_AGAIN);
        for (var node : nodes) {
            awaitName(here.at(node), "here");
            awaitName(there.at(node), "there");
            awaitLast(visit, node, "rest");
            awaitLast(other, node, "home");
        }
        assertThat(epochs())
                .as("the smaller side has rejoined")
                .doesNotContainEntry(home.name(), epochs.get(home.name()));
        BoardClient.awaitBoard(nodes);
        assertEventsReachEveryone();
    }

    @Test
    @Order(4)
    void twoThatAreLostAtOnceLeaveOneThatGoesOnAndComeBack() throws IOException {
        var home = nodes.get(0);
        nodes.get(1).kill9();
        nodes.get(2).kill9();
        cluster.awaitAgreement();
        assertThat(BoardClient.of(home).signIn("Ann").post("alone").statusCode())
                .isEqualTo(201);

        nodes.set(1, guest(1));
        nodes.set(2, guest(2));
        nodes.forEach(Node::awaitReady);
        cluster.awaitAgreement();
        BoardClient.awaitBoard(nodes);
        assertEventsReachEveryone();
    }

    private static Node guest(int machine) throws IOException {
        return cluster.begin(
                launch -> sites.apply(launch.on(network, network.get(machine)).with("--roles", "balancer,web,app")));
    }

    private static void awaitSeen(List<Node> side) {
        var names = side.stream().map(Node::name).toList();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(GIVEN_UP)
                .untilAsserted(() -> side.forEach(node -> assertThat(node.members())
                        .extracting(member -> member.getString("name"))
                        .containsExactlyInAnyOrderElementsOf(names)));
    }

    private static List<Visit> knownAt(Node node, List<Visit> visits) throws IOException {
        var known = new ArrayList<Visit>();
        for (var visit : visits) {
            if (visit.read(node).containsKey("last")) {
                known.add(visit);
            }
        }
        return known;
    }

    /** The entries of the side that rejoins arrive a moment after its nodes. */
    private static void awaitName(BoardClient client, String name) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(WHOLE_AGAIN)
                .until(() -> name.equals(client.whoAmI()));
    }

    private static void awaitLast(Visit visit, Node node, String side) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(WHOLE_AGAIN)
                .untilAsserted(() -> assertThat(visit.read(node)).containsEntry("last", side));
    }

    private static Map<String, Long> epochs() {
        return nodes.stream().collect(Collectors.toMap(Node::name, node -> node.member(node.name())
                .orElseThrow()
                .getLong("epoch")));
    }

    /** An event that is published on any node is received on all. */
    private static void assertEventsReachEveryone() throws IOException {
        for (var from : nodes) {
            var listeners = new ArrayList<EventStream>();
            for (var node : nodes) {
                listeners.add(EventStream.open(node));
            }
            BoardClient.of(from).signIn("Ann").post("from " + from.name());
            for (var listener : listeners) {
                assertThat(listener.await("data:")).contains("from " + from.name());
                listener.close();
            }
        }
    }
}
