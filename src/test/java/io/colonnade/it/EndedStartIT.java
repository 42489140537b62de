package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A signal during a node's start. */
class EndedStartIT {
    @Test
    void endsTheStartAndSaysThatASecondOneEndsTheNodeAtOnce() throws IOException {
        try (var cluster = new Nodes()) {
            var node = cluster.begin(launch ->
                    launch.with("--database", "mysql://a@127.0.0.1:1/b").with("--set", "store.start-time-limit=60s"));
            await().until(() -> node.log().contains("has joined"));
            node.sigterm();

            assertThat(node.awaitExit()).as(node::log).isZero();
            assertThat(node.isReady()).isFalse();
            assertThat(node.log())
                    .contains("a second signal ends it at once")
                    .contains("colonnade: the start was ended before the node was ready")
                    .doesNotContain("\tat ");
        }
    }
}
