package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Processes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that live and do not serve. */
class VitalSignsIT {
    @TempDir
    Path folder;

    @Test
    void aNodeWithoutMemoryEndsWithALineThatSaysSo() throws IOException {
        try (var cluster = new Nodes()) {
            var node = cluster.begin(launch -> launch.withJvm("-Xmx32m"));
            assertThat(node.awaitExit()).as(node::log).isEqualTo(3);
            var lines = node.log().lines().toList();
            assertThat(lines.get(lines.size() - 1))
                    .startsWith("colonnade: the node ends: ")
                    .contains("-Xmx");
        }
    }

    /** Round-robin gives each of the two nodes one of two requests that block; the node with two lanes has one lane left. */
    @Test
    void aNodeWhoseLanesAreStalledIsNotSelectedUntilTheyAnswer() throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var single = cluster.begin(launch -> launch.with("--site", site, "--roles", "web,app", "--set", "lanes=1"));
            var twofold =
                    cluster.begin(launch -> launch.with("--site", site, "--roles", "web,app", "--set", "lanes=2"));
            var balancer = cluster.begin(launch -> launch.with("--site", site, "--roles", "balancer"));
            List.of(single, twofold, balancer).forEach(Node::awaitReady);
            cluster.awaitAgreement();
            try (var first = RawHttp.connect(balancer.port());
                    var second = RawHttp.connect(balancer.port())) {
                first.send(RawHttp.request("GET", "/block?ms=6000"));
                second.send(RawHttp.request("GET", "/block?ms=6000"));
                await().atMost(Duration.ofSeconds(5)).until(() -> !answers(balancer, single));
                assertThat(answers(balancer, twofold)).isTrue();
                assertThat(RawHttp.exchange(balancer.port(), RawHttp.request("GET", "/fixed"))
                                .field("x-app-node"))
                        .hasValue(twofold.name());
                assertThat(first.read().status()).isEqualTo(200);
                assertThat(second.read().status()).isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> answers(balancer, single));
        }
    }

    /** The limit is lowered while the node runs, so that few connections reach it. */
    @Test
    void aNodeWithoutDescriptorsKeepsItsConnectionsAndIsNotSelectedUntilSomeAreClosed() throws Exception {
        try (var cluster = new Nodes()) {
            var full = cluster.begin(launch -> launch);
            var other = cluster.begin(launch -> launch.with("--roles", "web,app"));
            List.of(full, other).forEach(Node::awaitReady);
            cluster.awaitAgreement();
            try (var kept = RawHttp.connect(full.port())) {
                assertThat(kept.send(RawHttp.request("GET", "/")).read().status())
                        .isEqualTo(200);
                var limit = Processes.descriptors(full.pid()) + 50;
                run("prlimit", "--pid", String.valueOf(full.pid()), "--nofile=" + limit + ":");
                await().until(() -> full.status().getJsonObject("descriptors").getLong("limit") == limit);
                var idle = new ArrayList<RawHttp>();
                for (var i = 0; i < 200; i++) {
                    idle.add(RawHttp.connect(full.port()));
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> !answers(other, full));
                assertThat(Processes.descriptors(full.pid())).isLessThan(limit - 10);
                assertThat(full.status().getJsonObject("descriptors").getBoolean("full"))
                        .isTrue();
                assertThat(kept.send(RawHttp.request("GET", "/api/messages"))
                                .read()
                                .status())
                        .isEqualTo(200);
                for (var connection : idle) {
                    connection.close();
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> answers(other, full));
                assertThat(RawHttp.exchange(full.port(), RawHttp.request("GET", "/"))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50));
    }

    private static boolean answers(Node asked, Node about) {
        return asked.member(about.name()).orElseThrow().getBoolean("answers");
    }
}
