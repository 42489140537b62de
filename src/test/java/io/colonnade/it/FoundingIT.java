package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.FreePorts;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which node begins a new cluster: never one that was told to join another and finds nobody there. */
class FoundingIT {
    private static final String NOBODY = "no member of the cluster";

    @Test
    void whoIsToJoinAndFindsNobodyWaitsUntilAnotherNodeFoundsTheCluster() throws IOException {
        try (var cluster = new Nodes()) {
            var wrong = "127.0.0.1:" + FreePorts.block(1);
            var newcomer = cluster.begin(joining(wrong, "b"));
            await().until(() -> newcomer.log().contains(NOBODY));
            assertThat(newcomer.log())
                    .contains("answers at " + wrong + " (--join); waiting for one")
                    .contains("start it with --found");
            assertThat(newcomer.isReady()).isFalse();

            var founder =
                    cluster.begin(launch -> joining(wrong, "a").apply(launch).with("--found", "true"));
            founder.awaitReady();
            newcomer.awaitReady();
            cluster.awaitAgreement();
            assertThat(newcomer.log()).containsOnlyOnce(NOBODY);
            assertThat(founder.log()).doesNotContain(NOBODY);
        }
    }

    @Test
    void membersStartAgainAfterAPowerCut() throws IOException {
        try (var cluster = new Nodes()) {
            var wrong = "127.0.0.1:" + FreePorts.block(1);
            var founder =
                    cluster.begin(launch -> joining(wrong, "a").apply(launch).with("--found", "true"));
            founder.awaitReady();
            cluster.start(joining(wrong, "b"));
            cluster.alive().forEach(Node::kill9);

            var back = List.of(cluster.begin(joining(wrong, "b")), cluster.begin(joining(wrong, "a")));
            back.forEach(Node::awaitReady);
            cluster.awaitAgreement();
            back.forEach(node -> assertThat(node.log()).doesNotContain(NOBODY));
        }
    }

    @Test
    void theWaitIsEndedByASignal() throws IOException {
        try (var cluster = new Nodes()) {
            var node = cluster.begin(joining("127.0.0.1:" + FreePorts.block(1), "a"));
            await().until(() -> node.log().contains(NOBODY));
            node.sigterm();

            assertThat(node.awaitExit()).as(node::log).isZero();
        }
    }

    /** A node with a data directory of its own. */
    private static UnaryOperator<Launch> joining(String address, String data) {
        return launch -> launch.with("--join", address, "--bind", "127.0.0.1", "--roles", "balancer,web")
                .with("--data", launch.data().resolveSibling(data).toString())
                .with("--database", "mysql://a@127.0.0.1:1/b", "--set", "store.start-time-limit=100ms");
    }
}
