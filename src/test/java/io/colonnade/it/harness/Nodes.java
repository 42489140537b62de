package io.colonnade.it.harness;

import io.colonnade.security.ClusterSecret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A cluster of real nodes on one machine, with one data directory and a name and ports of its own. {@link #close} kills every
 * process that the cluster has started, and removes its files.
 */
public final class Nodes implements AutoCloseable {
    /** How many nodes a cluster can have. Their cluster ports are in a row. */
    private static final int MOST = 12;

    private final Path folder;
    private final String cluster;
    private final int firstPort;
    private final List<Node> started = new ArrayList<>();

    public Nodes() throws IOException {
        this.folder = Files.createTempDirectory("colonnade-it");
        this.cluster = "it-" + UUID.randomUUID().toString().substring(0, 8);
        this.firstPort = FreePorts.block(MOST);
        SecretFiles.write(folder.resolve("secret"), ClusterSecret.fresh(new SecureRandom()));
    }

    /** Starts {@code count} nodes at once, and waits until all are ready and agree on the members. */
    public List<Node> start(int count, UnaryOperator<Launch> how) throws IOException {
        var fresh = new ArrayList<Node>();
        for (var i = 0; i < count; i++) {
            fresh.add(begin(how));
        }
        fresh.forEach(Node::awaitReady);
        awaitAgreement();
        return fresh;
    }

    /** Starts one node, and waits until all nodes agree on the members. */
    public Node start(UnaryOperator<Launch> how) throws IOException {
        return start(1, how).get(0);
    }

    /** Starts the process of a node, and does not wait until it is ready. */
    public Node begin(UnaryOperator<Launch> how) throws IOException {
        var number = started.size();
        var launch = Launch.in(folder, cluster, firstPort + number).in(folder.resolve("node-" + number));
        var node = Node.start(how.apply(launch));
        started.add(node);
        return node;
    }

    /** The nodes that are running. */
    public List<Node> alive() {
        return started.stream().filter(Node::isAlive).toList();
    }

    /** Waits until the sites of every running node have started and every running node sees exactly the running nodes as ready. */
    public void awaitAgreement() {
        awaitAgreement(Duration.ofSeconds(30));
    }

    /** The same as {@link #awaitAgreement()}, with a time limit. */
    public void awaitAgreement(Duration limit) {
        var expected = alive().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(limit).untilAsserted(() -> alive().forEach(
                        node -> assertSees(node, expected)));
    }

    /** Waits until no running node holds anything of an exchange: no stream, and no byte of a body. */
    public void awaitIdle() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> alive().stream().filter(Node::canAnswer).forEach(Nodes::assertIdle));
    }

    /** Fails if a running node is not idle. */
    @Override
    public void close() throws IOException {
        try {
            awaitIdle();
        } finally {
            started.forEach(Node::close);
            Processes.killThoseIn(folder);
            delete(folder);
        }
    }

    private static boolean isIdle(JsonObject lane) {
        return Stream.of("streams", "bufferedBytes", "outstandingBytes").allMatch(figure -> lane.getLong(figure) == 0);
    }

    private static void assertIdle(Node node) {
        var status = node.status();
        var lanes = status.getJsonObject("transport", new JsonObject()).getJsonArray("lanes", new JsonArray());
        var sites = sites(status);
        if (!lanes.stream().map(JsonObject.class::cast).allMatch(Nodes::isIdle)
                || !sites.stream().allMatch(site -> site.getInteger("inFlight") == 0)) {
            throw new AssertionError(node.name() + " is not idle: " + lanes + " " + sites);
        }
    }

    private static List<JsonObject> sites(JsonObject status) {
        return status.getJsonObject("app", new JsonObject()).getJsonArray("sites", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static boolean hasStarted(JsonObject site) {
        return site.getJsonArray("lanes").stream().allMatch("ready"::equals);
    }

    private static void assertSees(Node node, Set<String> expected) {
        var status = node.status();
        var sites = sites(status);
        if (!sites.stream().allMatch(Nodes::hasStarted)) {
            throw new AssertionError(node.name() + " has not started " + sites);
        }
        var members = status.getJsonArray("members", new JsonArray());
        var ready = members.stream()
                .map(JsonObject.class::cast)
                .map(member -> member.getString("name") + (isReady(member) ? "" : " " + member))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ready.equals(expected)) {
            throw new AssertionError(node.name() + " sees " + ready + " and not " + expected);
        }
    }

    private static boolean isReady(JsonObject member) {
        return "ready".equals(member.getString("state")) && member.getBoolean("heard", false);
    }

    /** Deletes the folder with all that it holds. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
