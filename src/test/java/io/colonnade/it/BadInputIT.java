package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Nodes;
import io.colonnade.security.ClusterSecret;
import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node refuses to start: what it prints, and its exit code. */
class BadInputIT {
    @TempDir
    Path folder;

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsPathAndWhatIsAllowed() throws IOException {
        var file = Files.writeString(
                folder.resolve("bad.yaml"),
                """
                prot: 1
                balancer:
                  max-haed: 1
                  idle-timeout: soon
                sites:
                  - name: one
                    jar: bundled
                    hosts: [one.example]
                    balance: fastest
                """);
        var printed = refusal(
                launch -> launch.with("--config", file.toString())
                        .with("--bogus", "1")
                        .with("--roles", "web,ap")
                        .with("--admin-port", "99999")
                        .with("--join", "a b:c")
                        .with("--set", "lanes"),
                2);
        var path = " (" + file + " line ";
        assertThat(printed.lines())
                .startsWith("colonnade: there are 9 errors")
                .anyMatch(line -> line.contains("--bogus"))
                .contains("  --set is \"lanes\"; allowed is KEY=VALUE")
                .contains("  prot is unknown; did you mean port?" + path + "1)")
                .contains("  balancer.max-haed is unknown; did you mean max-head?" + path + "3)")
                .contains("  balancer.idle-timeout is \"soon\"; allowed is a duration such as 500ms, 30s, 2m or 1h"
                        + path + "4)")
                .contains("  sites[0].balance is \"fastest\"; allowed is round-robin, least-connections, weighted,"
                        + " local-first" + path + "9)")
                .contains("  roles[1] is \"ap\"; allowed is balancer, web, app, db, dns (--roles)")
                .contains("  admin-port is \"99999\"; allowed is 0 to 65535 (--admin-port)")
                .contains("  join[0] is \"a b:c\"; the port \"c\" is no number; allowed is HOST or HOST:PORT (--join)");
    }

    @Test
    void badYamlIsRefusedWithItsLine() throws IOException {
        var file = Files.writeString(folder.resolve("bad.yaml"), "port: 1\nsites: [a, b\nname: x\n");
        var printed = refusal(launch -> launch.with("--config", file.toString()), 2);
        assertThat(printed).contains(file.toString()).contains("line 3");
    }

    @Test
    void anAddressOfAnotherMachineCannotBeBound() throws IOException {
        var line = onlyLine(launch -> launch.with("--bind", "198.51.100.1"));
        assertThat(line).isEqualTo("colonnade: the address 198.51.100.1 is not an address of this machine; see --bind");
    }

    @Test
    void joiningOverANetworkWithoutASecretIsRefused() throws IOException {
        var printed = refusal(launch -> launch.without("--secret-file").with("--join", "10.0.0.1"), 2);
        assertThat(printed)
                .contains("join is 10.0.0.1, which is beyond this machine, and there is no secret; make one with java"
                        + " -jar colonnade.jar secret new, and give it to every node with --secret-file FILE");
    }

    @Test
    void aSecretThatIsMalformedIsNotRepeated() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "hush\n");
        assertThat(onlyLine(launch -> launch.with("--secret-file", closed(file).toString())))
                .isEqualTo("colonnade: the secret file " + file
                        + " is malformed: allowed are 64 hexadecimal digits, as \"secret new\" prints");
    }

    @Test
    void aSecretThatAnybodyCanRead() throws IOException {
        var file = Files.writeString(
                folder.resolve("secret"),
                ClusterSecret.fresh(new SecureRandom()).text());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(onlyLine(launch -> launch.with("--secret-file", file.toString())))
                .isEqualTo("colonnade: the secret file " + file
                        + " is open to others (rw-r--r--); close it with: chmod 600 " + file);
    }

    private static Path closed(Path file) {
        try {
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void aDataDirectoryThatCannotBeWritten() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        var line = onlyLine(launch -> launch.with("--data", file.toString()));
        assertThat(line)
                .startsWith("colonnade: the data directory " + file + " cannot be written")
                .contains("--data");
    }

    @Test
    void aPublicPortThatAStrangerHas() throws IOException {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            var port = Integer.toString(stranger.getLocalPort());
            var line = onlyLine(launch -> launch.with("--port", port));
            assertThat(line)
                    .startsWith("colonnade: port " + port + " is taken by a process that is no member of cluster it-")
                    .contains("--port");
        }
    }

    @Test
    void aPublicPortAtAnAddressOfAnotherMachine() throws IOException {
        assertThat(onlyLine(launch -> launch.with("--set", "public-bind=198.51.100.1", "--port", "8099")))
                .startsWith("colonnade: cannot listen on 198.51.100.1:8099")
                .contains("--port");
    }

    /** Such a refusal is given before the node is a member and before a database runs, so that nothing else is logged. */
    @Test
    void anyOtherPortThatIsTaken() throws IOException {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(stranger.getLocalPort());
            for (var flag : List.of("--admin-port", "--cluster-port", "--dns-port")) {
                assertThat(onlyLine(launch -> launch.with(flag, port)))
                        .startsWith("colonnade: the ")
                        .contains(port)
                        .contains(flag);
            }
        }
    }

    @Test
    void aWebrootThatIsMissing() throws IOException {
        var file = Files.writeString(
                folder.resolve("node.yaml"), "sites: [{jar: bundled, webroot: " + folder.resolve("none") + "}]\n");
        assertThat(onlyLine(launch -> launch.with("--config", file.toString())))
                .startsWith("colonnade: webroot " + folder.resolve("none"));
    }

    @Test
    void aFileThatIsNoJar() throws IOException {
        var file = Files.writeString(folder.resolve("text.jar"), "no jar");
        var line = onlyLine(launch -> launch.with("--site", file.toString()));
        assertThat(line).startsWith("colonnade: ").contains(file.toString());
    }

    @Test
    void aJarWhoseSiteClassIsMissing() throws IOException {
        var jar = SiteJar.of("gone.GoneSite").write(folder.resolve("gone.jar"));
        var line = onlyLine(launch -> launch.with("--site", jar.toString()));
        assertThat(line).startsWith("colonnade: ").contains("gone.GoneSite");
    }

    @Test
    void aFolderThatAnotherNodeHas() throws IOException {
        try (var cluster = new Nodes()) {
            var first = cluster.begin(
                            launch -> launch.with("--name", "amber-heron", "--database", "mysql://a@127.0.0.1:1/b"))
                    .awaitReady();
            var second = cluster.begin(launch -> launch.with("--name", "amber-heron"));
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.log().lines())
                    .singleElement()
                    .asString()
                    .contains("a node named amber-heron is already running");
            assertThat(first.isAlive()).isTrue();
        }
    }

    private static String onlyLine(UnaryOperator<Launch> how) throws IOException {
        var printed = refusal(how, 1);
        assertThat(printed.lines()).as(printed).hasSize(1);
        return printed.strip();
    }

    private static String refusal(UnaryOperator<Launch> how, int exitCode) throws IOException {
        try (var cluster = new Nodes()) {
            var node = cluster.begin(how);
            assertThat(node.awaitExit()).as(node::log).isEqualTo(exitCode);
            assertThat(node.out()).isEmpty();
            assertThat(node.log()).doesNotContain("\tat ");
            return withoutWarningsOfTheJvm(node.log());
        }
    }

    /** From JDK 24 on the JVM warns of libraries that use {@code sun.misc.Unsafe}, as Hazelcast does. */
    private static String withoutWarningsOfTheJvm(String printed) {
        return printed.lines().filter(line -> !line.startsWith("WARNING: ")).collect(Collectors.joining("\n"));
    }
}
