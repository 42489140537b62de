package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpIT {
    @Test
    void aNodeAnswersItsOwnRequestsBeforeItIsReady(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder);
        var file = folder.resolve("node.yaml");
        Files.writeString(file, "sites: [{jar: " + site + ", warm-up: [/fixed, /nowhere]}]\n");
        try (var nodes = new Nodes()) {
            var node =
                    nodes.start(launch -> launch.with("--config", file.toString(), "--set", "warm-up.time-limit=20s"));

            assertThat(app(node).getLong("served")).as(node::log).isGreaterThan(10);
            assertThat(app(node).getInteger("inFlight")).isZero();
            assertThat(node.log())
                    .containsPattern("the warm-up leaves out /nowhere of ground: it is answered with status 404")
                    .doesNotContain("leaves out /fixed");
            var balancer = node.status().getJsonObject("balancer");
            assertThat(balancer.getLong("requests")).as("not counted").isZero();
            assertThat(RawHttp.exchange(node.port(), RawHttp.request("GET", "/fixed"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static JsonObject app(Node node) {
        return node.status().getJsonObject("app").getJsonArray("sites").getJsonObject(0);
    }
}
