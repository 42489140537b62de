package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.LoadClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A node is frozen while its connections stay open, and continues later. */
class FrozenNodeIT {
    /** Three seconds are promised; the rest is for a busy machine. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(5);

    private static final Duration BACK = Duration.ofSeconds(10);

    @Test
    void isGivenUpSoonAndComesBackToANewLifeWithoutItsStaleMemory() throws IOException {
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, launch -> launch);
            BoardClient.awaitBoard(nodes);
            var frozen = nodes.get(0);
            var others = nodes.subList(1, 3);
            var users = signedIn(frozen, 12);
            var epoch = frozen.member(frozen.name()).orElseThrow().getLong("epoch");
            try (var clients = new LoadClient(
                    4, RawHttp.request("GET", "/"), () -> others.get(0).port())) {
                clients.slowDownTo(200);
                frozen.sigstop();
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(GIVEN_UP)
                        .untilAsserted(() -> others.forEach(
                                node -> assertThat(node.member(frozen.name())).isEmpty()));
                users.forEach(
                        user -> assertThat(user.at(others.get(1)).whoAmI()).startsWith("old"));
                users.forEach(user -> user.at(others.get(0)).signIn("new"));

                frozen.sigcont();
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(BACK)
                        .until(() -> knowsNew(frozen, users));
                cluster.awaitAgreement(BACK);
                clients.close();
                assertThat(clients.failed()).isEmpty();
            }
            for (var node : nodes) {
                assertThat(node.member(frozen.name()).orElseThrow().getLong("epoch"))
                        .isNotEqualTo(epoch);
                users.forEach(user -> assertThat(user.at(node).whoAmI()).isEqualTo("new"));
            }
        }
    }

    private static List<BoardClient> signedIn(Node node, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> BoardClient.of(node).signIn("old" + i))
                .toList();
    }

    /** Until the node answers it may refuse, but it must never give the old answer. */
    private static boolean knowsNew(Node node, List<BoardClient> users) {
        for (var user : users) {
            var response = user.at(node).get("/api/session");
            if (response.statusCode() != 200) {
                assertThat(response.statusCode()).isEqualTo(503);
                return false;
            }
            assertThat(response.body()).contains("\"new\"");
        }
        return true;
    }
}
