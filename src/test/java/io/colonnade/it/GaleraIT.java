package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.database.Packages;
import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Namespaces;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Posts;
import io.colonnade.it.harness.Processes;
import io.colonnade.it.harness.SecretFiles;
import io.colonnade.security.ClusterSecret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes on machines of their own whose database is a Galera cluster: they begin it, lose one of it, stop and crash. */
class GaleraIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final ClusterSecret OLD = ClusterSecret.fresh(new SecureRandom());
    private static final ClusterSecret NEW = ClusterSecret.fresh(new SecureRandom());

    private Path data;
    private Path secret;
    private Namespaces network;
    private Nodes cluster;

    @BeforeEach
    void prepare() throws IOException {
        Packages.assumeGalera();
        data = Files.createTempDirectory("colonnade-galera");
        // the server runs as another user if the tests run as root
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        secret = data.resolve("secret");
        SecretFiles.write(secret, OLD);
        network = new Namespaces(NAMES.size());
        cluster = new Nodes();
    }

    @AfterEach
    void end() throws IOException {
        try {
            cluster.close();
        } finally {
            Processes.killThoseIn(data);
            network.close();
            Processes.run("rm", "-rf", data.toString());
        }
    }

    @Test
    void nothingIsLostWhenAMachineIsCutOffOrDiesAndWhenAllStopOrCrash() throws Exception {
        var nodes = begin();
        var victim = awaitOwnerOfPrimary(nodes);
        var others = nodes.stream().filter(node -> node != victim).toList();
        var answered = new ArrayList<String>();

        try (var posts = new Posts(others)) {
            posts.awaitMore(20);
            cutOffForAWhile(victim, posts);
            awaitMembers(nodes);
            posts.awaitMore(20);
            var lost = System.nanoTime();
            killMachine(victim);
            posts.awaitMore(20);
            System.out.printf(
                    "a machine of three is lost: nothing was written for %d ms%n",
                    posts.longestGapSince(lost).toMillis());
            var back = cluster.begin(galera(victim.name())).awaitReady();
            nodes = Stream.concat(others.stream(), Stream.of(back)).toList();
            awaitMembers(nodes);
            posts.awaitMore(20);
            posts.stop();
            // 502: what the node had begun to answer when it was killed; 401: a session whose backup was late on a busy
            // machine
            assertThat(posts.refused()).allSatisfy(answer -> assertThat(answer).matches("(?s)(50[23]|401) .*"));
            answered.addAll(posts.answered());
        }
        NAMES.forEach(name -> assertHas(name, answered));

        nodes.forEach(Node::sigterm);
        nodes.forEach(Node::awaitExit);
        SecretFiles.write(secret, NEW, OLD);
        nodes = begin();
        assertThat(BoardClient.of(nodes.get(0))
                        .signIn("Ada")
                        .post("after the stop")
                        .statusCode())
                .isEqualTo(201);
        answered.add("after the stop");

        nodes.forEach(this::killMachine);
        SecretFiles.write(secret, NEW);
        begin();
        NAMES.forEach(name -> assertHas(name, answered));
    }

    @Test
    void oneNodeIsEnoughIfToldSoAlsoAfterTheLossOfTheMajorityAndABackupCanBeRestored() throws Exception {
        UnaryOperator<Launch> alone = launch -> launch.with("--set", "store.galera-members=1");
        var node =
                cluster.begin(launch -> galera("a").apply(alone.apply(launch))).awaitReady();
        var other =
                cluster.begin(launch -> galera("b").apply(alone.apply(launch))).awaitReady();
        BoardClient.awaitBoard(List.of(node));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(roles(node)).as(node.log()).containsExactlyInAnyOrder("primary", "member"));
        var ada = BoardClient.of(node).signIn("Ada");
        assertThat(ada.post("before").statusCode()).isEqualTo(201);
        var file = data.resolve("backup.zip");

        database("b", "", "backup", file.toString());
        assertThat(ada.post("after").statusCode()).isEqualTo(201);
        database("b", "", "restore", file.toString());
        assertThat(ada.texts("")).containsExactly("before");

        assertThat(said(1, "a", "", "bootstrap")).contains("there is nothing to begin");
        killMachine(other);
        awaitRefusal(node);
        assertThat(database("a", "", "bootstrap")).contains("the node a begins the cluster with its own data");
        BoardClient.awaitBoard(List.of(node));
        assertThat(ada.post("alone").statusCode()).isEqualTo(201);
        assertThat(ada.texts("")).containsExactly("alone", "before");
    }

    /** Others write on meanwhile. */
    private static void cutOffForAWhile(Node node, Posts posts) {
        var machine = node.launch().machine();
        var cut = System.nanoTime();
        machine.cut();
        posts.awaitMore(20);
        awaitRefusal(node);
        machine.heal();
        posts.awaitMore(20);
        System.out.printf(
                "a machine of three is cut off and back: nothing was written for %d ms%n",
                posts.longestGapSince(cut).toMillis());
    }

    private static void awaitRefusal(Node node) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var answer = BoardClient.of(node).get(BoardClient.MESSAGES);
            assertThat(answer.statusCode()).as(node.log()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        });
    }

    private List<Node> begin() throws IOException {
        var nodes = new ArrayList<Node>();
        for (var name : NAMES) {
            nodes.add(cluster.begin(galera(name)));
        }
        nodes.forEach(Node::awaitReady);
        // on a busy machine the servers take longer than a board may: two of them copy the data of the first, one after
        // the other
        awaitMembers(nodes);
        BoardClient.awaitBoard(nodes);
        return nodes;
    }

    private UnaryOperator<Launch> galera(String name) {
        return launch -> launch.on(network, network.get(NAMES.indexOf(name)))
                .with("--database", "galera", "--data", data.toString(), "--name", name)
                .with("--secret-file", secret.toString())
                .with("--set", "drain-timeout=1s");
    }

    /** Waits until every node knows three servers that can be used. */
    private void awaitMembers(List<Node> nodes) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            for (var node : nodes) {
                assertThat(roles(node))
                        .as(() -> node.name() + "\n" + node.log() + "\n" + endOfServerLog(node))
                        .containsExactlyInAnyOrder("primary", "member", "member");
            }
        });
    }

    private String endOfServerLog(Node node) {
        try {
            var lines = Files.readAllLines(
                    data.resolve("nodes").resolve(node.name()).resolve("database/mariadb.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException none) {
            return "no log of the server: " + none.getMessage();
        }
    }

    private static List<String> roles(Node node) {
        return servers(node).stream().map(server -> server.getString("role")).toList();
    }

    private static List<JsonObject> servers(Node node) {
        return node.status().getJsonObject("database").getJsonArray("servers").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The node whose server is written to; it may say so a moment after the others have seen it. */
    private Node awaitOwnerOfPrimary(List<Node> nodes) {
        return await().atMost(PATIENCE)
                .until(() -> nodes.stream().filter(this::hasPrimary).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Whether the server that is written to is the node's own. */
    private boolean hasPrimary(Node node) {
        var primary = servers(node).stream()
                .filter(server -> server.getString("role").equals("primary"))
                .map(server -> server.getString("address"))
                .findFirst()
                .orElseThrow();
        return node.log().contains("the Galera server here, " + primary + ", is in step");
    }

    /** The node, and the server that would outlive it. */
    private void killMachine(Node node) {
        node.kill9();
        Processes.killThoseIn(data.resolve("nodes").resolve(node.name()));
    }

    private void assertHas(String name, List<String> answered) {
        var printed = database(name, "SELECT text FROM site_foobar.messages", "shell");
        assertThat(printed.lines()).as(name).doesNotHaveDuplicates().containsAll(answered);
    }

    /** What a command prints that looks after the server of a node, and does what it should. */
    private String database(String node, String input, String... words) {
        return said(0, node, input, words);
    }

    /** What it prints with that exit code. */
    private String said(int code, String node, String input, String... words) {
        var command = new ArrayList<>(List.of("database"));
        command.addAll(List.of(words));
        command.addAll(List.of("--database", "galera", "--data", data.toString(), "--name", node));
        command.addAll(List.of("--secret-file", secret.toString()));
        try {
            var process = Processes.endWithTheTests(new ProcessBuilder(Launch.java(List.of(), command))
                    .redirectErrorStream(true)
                    .start());
            try (var statements = process.getOutputStream()) {
                statements.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isEqualTo(code);
            return printed;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
