package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Processes;
import io.colonnade.it.harness.SecretFiles;
import io.colonnade.security.ClusterSecret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster accepts only nodes that have its secret. */
class SecretIT {
    @TempDir
    private static Path folder;

    private static Nodes nodes;
    private static Node first;
    private static Node second;

    @BeforeAll
    static void startMembers() throws IOException {
        nodes = new Nodes();
        var members = nodes.start(2, SecretIT::plain);
        first = members.get(0);
        second = members.get(1);
    }

    @AfterAll
    static void close() throws IOException {
        nodes.close();
    }

    /** Whatever a stranger did, the members are the same, and nothing has surprised them. */
    @AfterEach
    void theMembersAreAsBefore() {
        nodes.awaitAgreement();
        assertThat(List.of(first, second)).allSatisfy(member -> {
            assertThat(names(member)).containsExactlyInAnyOrder(first.name(), second.name());
            assertThat(member.log()).doesNotContain("\tat ");
        });
    }

    @Test
    void aNodeWithAnotherSecretIsToldSoAndEnds() throws IOException {
        var other = SecretFiles.write(folder.resolve("another-secret"), ClusterSecret.fresh(new SecureRandom()));

        var stranger = nodes.begin(launch -> plain(launch).with("--secret-file", other.toString()));

        assertThat(stranger.awaitExit()).isEqualTo(1);
        assertThat(lastLine(stranger))
                .startsWith("colonnade: the cluster it-")
                .contains(" does not let this node in: it has another secret; give this node the same with"
                        + " --secret-file");
        assertThat(List.of(first, second)).anySatisfy(member -> assertThat(member.log())
                .containsPattern(
                        "WARN .*127\\.0\\.0\\.1:\\d+ is not let in: it does not have the secret of this cluster"));
    }

    @Test
    void aNodeWithoutTheSecretIsToldSoAndEnds() throws IOException {
        var stranger =
                nodes.begin(launch -> plain(launch).without("--secret-file").withJvm(home("user")));

        assertThat(stranger.awaitExit()).isEqualTo(1);
        assertThat(lastLine(stranger)).contains(" does not let this node in: it has a secret; give this node the same");
    }

    /** Without OpenSSL, as on a machine for which the native library is not made; and beside connections that say nothing. */
    @Test
    void aNodeWithoutOpenSslIsLetInAlthoughOthersKeepSilent() throws IOException {
        var port = clusterPort(first);
        var silent = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 100; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            try (var third = nodes.start(launch -> plain(launch).withJvm("-Dio.netty.handler.ssl.noOpenSsl=true"))) {
                assertThat(first.log()).doesNotContain("OpenSSL");
                assertThat(third.log()).containsPattern("INFO .*TLS between nodes is Java's own");
                assertThat(names(first)).containsExactlyInAnyOrder(first.name(), second.name(), third.name());
            }
        } finally {
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void nodesOfOneUserFindEachOtherAndNobodyElses() throws IOException {
        try (var users = new Nodes()) {
            var one = start(users, "one");
            var another = start(users, "one");
            var stranger = start(users, "other");

            await().untilAsserted(() -> assertThat(names(one)).containsExactlyInAnyOrder(one.name(), another.name()));
            assertThat(names(stranger)).containsExactly(stranger.name());
            assertThat(stranger.log()).contains("belongs to another user");
            assertThat(Files.readString(folder.resolve("one/.colonnade/secret")))
                    .isNotEqualTo(Files.readString(folder.resolve("other/.colonnade/secret")));
        }
    }

    /** The first bytes of Hazelcast's members, its clients, its REST interface, and a node of another version. */
    @Test
    void whoSpeaksHazelcastWithoutTheSecretIsDisconnected() throws IOException {
        for (var greeting :
                List.of("HZC\0\0\0\1\1", "CP2\0\0\0\1\1", "GET /hazelcast/rest/cluster HTTP/1.0\r\n\r\n", "COLN\2")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), clusterPort(first))) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(read(socket)).as(greeting).doesNotContain("HZC").doesNotContain("HTTP");
            }
        }
        assertThat(first.log()).containsPattern("WARN .*127\\.0\\.0\\.1:\\d+ is not let in: ");
    }

    /** A ping in the clear, as nodes without TLS would send it: version 2, codec 1. */
    @Test
    void whoSpeaksInTheClearToTheEventBusOrToALaneIsDisconnected() throws IOException {
        var others = List.of(clusterPort(first), first.adminPort());
        // A node may be ready before its lanes listen.
        var encrypted = await("the ports of the bus and its lanes")
                .until(
                        () -> Processes.listensAt(first.pid()).stream()
                                .filter(port -> !others.contains(port))
                                .toList(),
                        ports -> ports.size() > 1);
        for (var port : encrypted) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(new byte[] {0, 0, 0, 7, 2, 1, 1, 0, 0, 0, 0});
                assertThat(read(socket)).as("at most an alert of TLS").hasSizeLessThanOrEqualTo(7);
            }
        }
    }

    /** All bytes until the end of the connection, which may be a reset. */
    private static String read(Socket socket) {
        var all = new StringBuilder();
        try {
            for (int next; (next = socket.getInputStream().read()) >= 0; ) {
                all.append((char) next);
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the connection is still open", open);
        } catch (IOException reset) {
            return all.toString();
        }
        return all.toString();
    }

    /** Without the parts that take long to start. */
    private static Launch plain(Launch launch) {
        return launch.with("--roles", "web");
    }

    private static Node start(Nodes users, String user) throws IOException {
        return users.begin(launch -> plain(launch).without("--secret-file").withJvm(home(user)))
                .awaitReady();
    }

    private static String home(String user) {
        return "-Duser.home=" + folder.resolve(user);
    }

    private static int clusterPort(Node node) {
        var flags = node.launch().flags();
        return Integer.parseInt(flags.get(flags.indexOf("--cluster-port") + 1));
    }

    private static List<String> names(Node node) {
        return node.status().getJsonArray("members", new JsonArray()).stream()
                .map(member -> ((JsonObject) member).getString("name"))
                .toList();
    }

    private static String lastLine(Node node) {
        var lines = node.log().lines().toList();
        return lines.get(lines.size() - 1);
    }
}
