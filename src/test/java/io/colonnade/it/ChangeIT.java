package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a running cluster, while clients send requests of which none may fail. */
class ChangeIT {
    private static final int CONNECTIONS = 8;
    private static final double PER_SECOND = 400;

    @Test
    void nothingFailsWhileNodesAreAddedWeighedDrainedAndRemoved(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        UnaryOperator<Launch> plain = launch -> launch.with("--site", site);
        try (var cluster = new Nodes()) {
            var first = cluster.start(plain);
            var port = first.port();
            UnaryOperator<Launch> shared = launch -> plain.apply(launch).with("--port", Integer.toString(port));
            try (var load = new LoadClient(CONNECTIONS, RawHttp.request("GET", "/fixed"), () -> port);
                    var fresh = new LoadClient(2, RawHttp.request("GET", "/fixed", "Connection: close"), () -> port)) {
                load.slowDownTo(PER_SECOND);
                fresh.slowDownTo(50);
                var second = cluster.start(shared);
                command(first, "weight", second.name(), "7");
                await().until(() -> member(first, second).getInteger("weight") == 7);
                command(first, "drain", second.name());
                await().until(() -> state(first, second).equals("draining"));
                assertThat(second.admin("/health/ready")).contains("not ready");
                command(first, "undrain", second.name());
                await().until(() -> state(first, second).equals("ready"));
                assertThat(second.admin("/health/ready")).isEqualTo("ready\n");
                command(second, "drain", "--stop", first.name());
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

    private static void command(Node node, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--admin", "http://127.0.0.1:" + node.adminPort()));
        var java = Launch.java(List.of("-XX:TieredStopAtLevel=1"), all);
        Processes.run(java.toArray(String[]::new));
    }
}
