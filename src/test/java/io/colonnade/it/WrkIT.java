package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.it.harness.Wrk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each of three nodes that share a port is restarted in turn under half of the load that they can bear, and wrk sees no error. */
class WrkIT {
    private static final Logger log = LoggerFactory.getLogger(WrkIT.class);

    /** The least number of requests; {@code mvn verify -Dit.test=WrkIT -Dit.requests=200000} for the long form. */
    private static final int REQUESTS = Integer.getInteger("it.requests", 1000);

    @Test
    void noRequestFailsWhileEveryNodeIsRestarted(@TempDir Path folder) throws IOException {
        Wrk.assumeInstalled();
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            UnaryOperator<Launch> plain = launch -> launch.with("--site", site);
            var port = cluster.start(plain).port();
            UnaryOperator<Launch> shared = launch -> plain.apply(launch).with("--port", Integer.toString(port));
            cluster.start(2, shared);
            var url = "http://localhost:" + port + "/fixed";
            var half = Wrk.most(folder, url) / 2;
            try (var wrk = Wrk.start(folder, url, half)) {
                for (var node : cluster.alive()) {
                    node.sigterm();
                    assertThat(node.awaitExit()).as(node::log).isZero();
                    cluster.start(shared);
                }
                await().atMost(Duration.ofMinutes(10)).until(() -> takenBy(cluster) >= REQUESTS);
                var count = wrk.stop();
                log.info("half load is {} requests/s\n{}", Math.round(half), count.printed());
                assertThat(count.errors()).isEmpty();
                assertThat(count.requests()).isGreaterThanOrEqualTo(REQUESTS);
            }
        }
    }

    /** This is fewer than wrk has sent, as a restart of a node sets its count back. */
    private static long takenBy(Nodes cluster) {
        return cluster.alive().stream()
                .mapToLong(node -> node.status().getJsonObject("balancer").getLong("requests"))
                .sum();
    }
}
