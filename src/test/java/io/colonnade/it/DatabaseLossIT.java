package io.colonnade.it;

import static io.colonnade.it.harness.BoardClient.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Posts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes that share an embedded database lose its supervisor, the server itself, and one another. */
class DatabaseLossIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void whatWasAnsweredIsKeptWhoeverDies() throws IOException {
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, DatabaseLossIT::quickToStop);
            BoardClient.awaitBoard(nodes);
            var supervisor = nodes.stream()
                    .filter(DatabaseLossIT::supervises)
                    .findFirst()
                    .orElseThrow();
            var others = nodes.stream().filter(node -> node != supervisor).toList();

            loseTheSupervisor(cluster, supervisor, others);
            loseTheServer(others);
            loseEveryNode(cluster, others);
        }
    }

    @Test
    void theServerGoesWithTheLastNodeThatIsStopped() throws IOException {
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(2, DatabaseLossIT::quickToStop);
            BoardClient.awaitBoard(nodes);
            var server = server(nodes.get(0));
            var ada = BoardClient.of(nodes.get(0)).signIn("Ada");
            nodes.get(0).sigterm();
            assertThat(nodes.get(0).awaitExit()).isZero();
            assertThat(server.isAlive()).isTrue();
            assertThat(ada.at(nodes.get(1)).post("the other goes on").statusCode())
                    .isEqualTo(201);
            nodes.get(1).sigterm();
            assertThat(nodes.get(1).awaitExit()).isZero();
            assertThat(hasEnded(server)).isTrue();
        }
    }

    private static void loseTheSupervisor(Nodes cluster, Node supervisor, List<Node> others) {
        var ada = BoardClient.of(supervisor).signIn("Ada");
        var server = server(supervisor);
        try (var posts = new Posts(ada, cluster)) {
            posts.awaitMore(50);
            supervisor.kill9();
            posts.awaitMore(100);
            cluster.awaitAgreement();
            await().atMost(PATIENCE).until(() -> others.stream().anyMatch(DatabaseLossIT::supervises));
            posts.awaitMore(50);
            posts.stop();
            assertThat(posts.refused)
                    .as(() -> "answers of the nodes that live; they warned: " + warnings(others))
                    .isEmpty();
            assertThat(posts.answered).isSubsetOf(allTexts(ada.at(others.get(0))));
        }
        assertThat(server.isAlive()).isTrue();
    }

    private static List<String> warnings(List<Node> nodes) {
        return nodes.stream()
                .flatMap(node -> node.log().lines())
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
    }

    private static void loseTheServer(List<Node> nodes) {
        var ada = BoardClient.of(nodes.get(0)).signIn("Ada");
        var kept = allTexts(ada);
        var away = new ArrayList<HttpResponse<String>>();
        var lost = server(nodes.get(0));
        lost.destroyForcibly();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            assertThat(ada.get("/").statusCode()).isEqualTo(200);
            assertThat(ada.at(nodes.get(1)).get("/app.js").statusCode()).isEqualTo(200);
            var gone = hasEnded(lost);
            var list = ada.get(MESSAGES + "?limit=1"); // either waits for the next server or is refused
            if (list.statusCode() != 200) {
                away.add(list);
            }
            return list.statusCode() == 200 && gone;
        });
        assertThat(away).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(BoardClient.shown(answer)).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        });
        for (var node : nodes) {
            await().atMost(PATIENCE).until(() -> ada.at(node).post("healed").statusCode() == 201);
        }
        assertThat(allTexts(ada)).containsAll(kept);
    }

    private static void loseEveryNode(Nodes cluster, List<Node> nodes) throws IOException {
        var server = server(nodes.get(0));
        var kept = allTexts(BoardClient.of(nodes.get(0)));
        nodes.forEach(Node::kill9);
        assertThat(server.isAlive()).isTrue();

        var next = cluster.start(DatabaseLossIT::quickToStop);
        assertThat(next.log()).contains("using the database that runs already, process " + server.pid());
        assertThat(server(next).pid()).isEqualTo(server.pid());
        assertThat(allTexts(BoardClient.of(next))).isEqualTo(kept);
        next.sigterm();
        assertThat(next.awaitExit()).isZero();
        assertThat(hasEnded(server)).isTrue();
    }

    /** A process that has ended stays in the table of processes, without arguments, until its parent has waited for it. */
    private static boolean hasEnded(ProcessHandle server) {
        return server.info().arguments().isEmpty();
    }

    /** A node with a port of its own accepts connections for the whole of its drain time. */
    private static Launch quickToStop(Launch launch) {
        return launch.with("--set", "drain-timeout=1s");
    }

    private static boolean supervises(Node node) {
        return node.log().contains("the database runs on ")
                || node.log().contains("using the database that runs already");
    }

    private static ProcessHandle server(Node node) {
        var directory = "--datadir=" + node.launch().data();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.startsWith(directory)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> allTexts(BoardClient client) {
        var texts = new ArrayList<String>();
        var page = new JsonObject(client.get(MESSAGES + "?limit=100").body());
        while (true) {
            page.getJsonArray("messages").forEach(message -> texts.add(((JsonObject) message).getString("text")));
            if (page.getLong("next") == null) {
                return texts;
            }
            page = new JsonObject(client.get(MESSAGES + "?limit=100&before=" + page.getLong("next"))
                    .body());
        }
    }

    /** One user who posts through all nodes in turn, as fast as they answer, until {@code close}. */
    private static final class Posts implements AutoCloseable {
        final ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final CompletableFuture<Void> run;

        Posts(BoardClient client, Nodes cluster) {
            run = CompletableFuture.runAsync(() -> {
                for (var i = 0; going.get(); i++) {
                    var nodes = cluster.alive();
                    post(client.at(nodes.get(i % nodes.size())), "post " + i);
                }
            });
        }

        /** Sends a post again if the node that had it died; its idempotency key allows that. */
        private void post(BoardClient client, String text) {
            try {
                var key = UUID.randomUUID().toString();
                var response = client.post(text, "idempotency-key", key);
                if (response.statusCode() == 502 || response.statusCode() == 503) {
                    response = client.post(text, "idempotency-key", key);
                }
                if (response.statusCode() == 201) {
                    answered.add(text);
                } else {
                    refused.add(BoardClient.shown(response));
                }
            } catch (CompletionException nodeDied) {
                // it was not answered, so nothing was promised
            }
        }

        void awaitMore(int count) {
            var goal = answered.size() + count;
            await().atMost(PATIENCE.multipliedBy(3))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> answered.size() >= goal);
        }

        void stop() {
            going.set(false);
            run.join();
        }

        @Override
        public void close() {
            going.set(false);
        }
    }
}
