package io.colonnade.it;

import static io.colonnade.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of real nodes with the site of the tests: that it starts, answers, and loses a node. */
class GroundIT {
    @Test
    void threeNodesAgreeAnswerEachOtherAndNoticeTheLossOfOne(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, launch -> launch.with("--site", site));
            var names = new HashSet<String>();
            for (var i = 0; i < 30; i++) {
                var response = RawHttp.exchange(nodes.get(0).port(), request("GET", "/node"));
                assertThat(response.status()).as(response::toString).isEqualTo(200);
                names.add(response.field("x-app-node").orElse(""));
            }
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(
                            nodes.stream().map(Node::name).toList());

            nodes.get(2).kill9();
            cluster.awaitAgreement();
            var response = RawHttp.exchange(nodes.get(1).port(), request("GET", "/echo/x?y=z"));
            assertThat(new JsonObject(response.text()).getString("query")).isEqualTo("y=z");
        }
    }

    @Test
    void aFrozenNodeAnswersAgainAndASignalStopsIt(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes();
                var node = cluster.start(launch -> launch.with("--site", site));
                var http = RawHttp.connect(node.port())) {
            node.sigstop();
            http.send(request("GET", "/node"));
            node.sigcont();
            assertThat(http.read().text()).isEqualTo(node.name());
            node.sigterm();
            assertThat(node.awaitExit()).as(node::log).isZero();
        }
    }

    @Test
    void aNodeThatCannotStartTellsWhy(@TempDir Path folder) throws IOException {
        try (var cluster = new Nodes()) {
            var missing = folder.resolve("missing.jar");
            var node = cluster.begin(launch -> launch.with("--site", missing.toString()));
            assertThat(node.awaitExit()).isEqualTo(1);
            assertThat(node.out() + node.log()).contains(missing.toString());
        }
    }
}
