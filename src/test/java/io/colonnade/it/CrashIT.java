package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Several nodes die at once, the oldest among them, or all nodes die at once. */
class CrashIT {
    @Test
    void whatIsLeftGoesOnAndWhatIsStartedAgainJoins() throws IOException {
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, launch -> launch);
            BoardClient.awaitBoard(nodes);
            post(nodes.get(0), "three nodes");

            nodes.get(0).kill9();
            nodes.get(1).kill9();
            cluster.awaitAgreement();
            BoardClient.awaitBoard(cluster.alive());
            post(nodes.get(2), "one node");

            nodes.get(2).kill9();
            var again = cluster.start(2, launch -> launch);
            BoardClient.awaitBoard(again);
            post(again.get(1), "two others");
            for (var node : again) {
                assertThat(BoardClient.of(node).texts("")).containsExactly("two others", "one node", "three nodes");
            }
        }
    }

    private static void post(Node node, String text) {
        var answer = BoardClient.of(node).signIn("Ann").post(text);
        assertThat(answer.statusCode()).as(BoardClient.shown(answer)).isEqualTo(201);
    }
}
