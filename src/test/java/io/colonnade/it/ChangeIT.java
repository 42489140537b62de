package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.LoadClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Processes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes to a running cluster while clients send requests. No request may fail. */
class ChangeIT {
    private static final int CONNECTIONS = 8;
    private static final double PER_SECOND = 400;

    @TempDir
    Path folder;

    @Test
    void nothingFailsWhileNodesAreAddedConfiguredWeighedDrainedAndRemoved() throws IOException {
        TestSite.in(folder);
        var file = folder.resolve("node.yaml");
        write(file, "balance: weighted", "weight: 1");
        UnaryOperator<Launch> plain = launch -> launch.with("--config", file.toString());
        try (var cluster = new Nodes()) {
            var first = cluster.start(plain);
            var port = first.port();
            UnaryOperator<Launch> shared = launch -> plain.apply(launch).with("--port", Integer.toString(port));
            try (var load = new LoadClient(CONNECTIONS, RawHttp.request("GET", "/fixed"), () -> port);
                    var fresh = new LoadClient(2, RawHttp.request("GET", "/fixed", "Connection: close"), () -> port)) {
                load.slowDownTo(PER_SECOND);
                fresh.slowDownTo(50);
                var second = cluster.start(shared);
                change(file, cluster);
                assertThat(orderWithoutToken(first, second)).isEqualTo(401);
                command(first, "weight", second.name(), "7");
                await().until(() -> member(first, second).getInteger("weight") == 7);
                command(first, "drain", second.name());
                await().until(() -> state(first, second).equals("draining"));
                assertThat(second.admin("/health/ready")).contains("not ready");
                command(first, "undrain", second.name());
                await().until(() -> state(first, second).equals("ready"));
                assertThat(second.admin("/health/ready")).isEqualTo("ready\n");
                run(
                        "drain",
                        "--stop",
                        first.name(),
                        "--data",
                        first.launch().data().toString());
                assertThat(first.awaitExit()).as(first::log).isZero();
                cluster.awaitAgreement();
                load.close();
                fresh.close();
                assertThat(load.failed()).isEmpty();
                assertThat(fresh.failed()).isEmpty();
                assertThat(load.answered()).isGreaterThan(100);
            }
        }
    }

    /** Edits the shared configuration file as editors do: in place, in steps, and by renaming another file to its name. */
    private void change(Path file, Nodes cluster) throws IOException {
        var other = RawHttp.request("GET", "/fixed").replace("localhost", "other.example");
        var port = cluster.alive().get(0).port();
        assertThat(RawHttp.exchange(port, other).status()).isEqualTo(404);
        write(file, "balance: least-connections, hosts: [localhost, other.example]", "weight: 5", "lanes: 7");
        for (var node : cluster.alive()) {
            await().until(() -> member(node, node).getInteger("weight") == 5);
            await().until(() -> config(node).getJsonArray("needRestart").contains("lanes"));
            assertThat(node.log()).contains("lanes needs a restart of this node");
        }
        await().untilAsserted(
                        () -> assertThat(RawHttp.exchange(port, other).status()).isEqualTo(200));
        var wrong = Files.writeString(folder.resolve("wrong.yaml"), "weight: 3\nlanes: x\n");
        Files.move(wrong, file, StandardCopyOption.REPLACE_EXISTING);
        for (var node : cluster.alive()) {
            await().until(() -> config(node).getString("state").equals("refused"));
            var reason = "lanes is \"x\"; allowed is a whole number (" + file + " line 2)";
            assertThat(config(node).getJsonArray("problems")).containsExactly(reason);
            assertThat(node.log()).contains("all settings stay as they are: " + reason);
            assertThat(member(node, node).getInteger("weight")).isEqualTo(5);
        }
        write(file, "balance: weighted", "weight: 6", "log-level: debug");
        for (var node : cluster.alive()) {
            await().until(() -> member(node, node).getInteger("weight") == 6);
            await().until(() -> config(node).getString("state").equals("applied"));
            assertThat(config(node).getJsonArray("needRestart")).isEmpty();
        }
    }

    private static JsonObject config(Node node) {
        return node.status().getJsonObject("config");
    }

    private void write(Path file, String site, String... lines) throws IOException {
        Files.writeString(file, "sites: [{jar: " + folder.resolve("ground.jar") + ", " + site + "}]\n");
        for (var line : lines) {
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        }
    }

    private static String state(Node seer, Node seen) {
        return member(seer, seen).getString("state");
    }

    private static JsonObject member(Node seer, Node seen) {
        return seer.status().getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .filter(member -> member.getString("name").equals(seen.name()))
                .findFirst()
                .orElseThrow();
    }

    private static int orderWithoutToken(Node asked, Node member) throws IOException {
        var drain = "/members/" + member.name() + "/drain";
        var request = RawHttp.request("POST", drain, "X-Colonnade: 1", "Content-Length: 0");
        return RawHttp.exchange(asked.adminPort(), request).status();
    }

    private static void command(Node node, String... words) throws IOException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--admin", "127.0.0.1:" + node.adminPort()));
        run(all.toArray(String[]::new));
    }

    private static void run(String... words) throws IOException {
        var java = Launch.java(List.of("-XX:TieredStopAtLevel=1"), List.of(words));
        Processes.run(java.toArray(String[]::new));
    }
}
