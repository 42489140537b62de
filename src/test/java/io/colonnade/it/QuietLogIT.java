package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is normal in the life of a cluster is told once, and never as an error. */
class QuietLogIT {
    @Test
    void theDeathOfAPeerAndTheLastStopAreNoErrors() throws IOException {
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, QuietLogIT::withoutSites);
            var killed = nodes.get(0);
            var stopped = nodes.get(1);
            var last = nodes.get(2);
            killed.kill9();
            await().until(() -> last.log().contains(killed.name() + " has left"));
            stopped.sigterm();
            assertThat(stopped.awaitExit()).isZero();
            await().until(() -> last.log().contains(stopped.name() + " has left"));
            last.sigterm();
            assertThat(last.awaitExit()).isZero();

            for (var node : nodes) {
                assertThat(node.log()).doesNotContain(" ERROR ").doesNotContain("\tat ");
            }
            assertThat(last.log()).doesNotContain(" WARN ").containsOnlyOnce(killed.name() + " has left");
        }
    }

    private static Launch withoutSites(Launch launch) {
        return launch.with("--roles", "balancer,web,dns")
                .with("--set", "store.start-time-limit=100ms")
                .with("--set", "drain-timeout=2s");
    }
}
