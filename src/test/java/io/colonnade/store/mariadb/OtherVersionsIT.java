package io.colonnade.store.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.PortRange;
import io.colonnade.store.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of the installed server under the one in the jar, and the other way round. */
class OtherVersionsIT {
    private final List<ServerProcess> started = new ArrayList<>();
    private DatabaseDirectory directory;
    private Installation older;
    private Installation newer;
    private Server server;

    @BeforeEach
    void findTwoVersions(@TempDir Path data) throws Exception {
        var installed = Binaries.installed();
        Assumptions.assumeTrue(installed.isPresent(), "install mariadb-server");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        directory = DatabaseDirectory.create(data);
        server = directory.serverOrNew("127.0.0.1", PortRange.ANY);
        var one = installation(installed.get());
        var other = installation(Binaries.find(directory.root()));
        assertThat(other.binaries()).as("the server in the jar").isNotEqualTo(one.binaries());
        var order = one.binaries().version().compareTo(other.binaries().version());
        Assumptions.assumeTrue(order != 0, "the installed server and the one in the jar are of one version");
        older = order < 0 ? one : other;
        newer = order < 0 ? other : one;
    }

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) {
            process.stop(Duration.ofSeconds(20));
        }
    }

    @Test
    void dataOfAnOlderServerIsUpgraded() throws Exception {
        started(older);
        execute("CREATE DATABASE kept");
        started.remove(0).stop(Duration.ofSeconds(20));

        started(newer);

        assertThat(DataVersion.read(directory.version()))
                .contains(newer.binaries().version());
        execute("CREATE TABLE kept.notes (text VARCHAR(9))");
        assertThat(Files.readString(directory.log())).doesNotContain("Incorrect definition");
    }

    @Test
    void dataOfANewerServerIsRefused() throws Exception {
        newer.install(server);

        assertThatThrownBy(() -> older.install(server))
                .hasMessageContaining("is from MariaDB %s, and the server here is %s, which cannot read it"
                        .formatted(newer.binaries().version(), older.binaries().version()));
    }

    @Test
    void dataThatAnotherServerUsesIsRefusedAtOnce() throws Exception {
        started(newer);

        assertThatThrownBy(() -> newer.install(server)).hasMessageContaining("is in use by a server");
    }

    private Installation installation(Binaries binaries) throws IOException {
        return new Installation(directory, binaries, ServerUser.of(directory.root()), 8 << 20);
    }

    private void started(Installation installation) throws Exception {
        installation.install(server);
        var process = ServerProcess.start(installation.command(server), directory);
        started.add(process);
        assertThat(process.awaitReady(server.address()))
                .as(Files.readString(directory.log()))
                .isTrue();
    }

    private void execute(String sql) throws SQLException {
        var url = "jdbc:mariadb://" + server.address() + "/?sslMode=disable";
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
