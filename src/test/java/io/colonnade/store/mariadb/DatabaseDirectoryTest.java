package io.colonnade.store.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.it.harness.FreePorts;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.TlsMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseDirectoryTest {
    private Path data = Path.of("");

    @BeforeEach
    void use(@TempDir Path directory) {
        data = directory;
    }

    @Test
    void keepsTheIdentityAndPasswordOfItsServer() throws Exception {
        var fresh = DatabaseDirectory.create(data).serverOrNew("127.0.0.1", PortRange.ANY);

        assertThat(DatabaseDirectory.create(data).serverOrNew("127.0.0.1", PortRange.ANY))
                .isEqualTo(fresh);
        assertThat(fresh.password()).hasSize(64);
    }

    @Test
    void onlyTheOwnerReadsThePassword() throws Exception {
        var directory = DatabaseDirectory.create(data);
        Files.createFile(directory.root().resolve("credentials.new"));

        directory.serverOrNew("127.0.0.1", PortRange.ANY);

        assertThat(Files.getPosixFilePermissions(directory.root().resolve("credentials")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aServerMovesToAnotherPortWithItsData() throws Exception {
        var directory = DatabaseDirectory.create(data);
        var server = directory.serverOrNew("127.0.0.1", PortRange.ANY);

        var moved = directory.move(server, PortRange.ANY);

        assertThat(directory.server()).contains(moved);
        assertThat(moved.sameDataAs(server)).isTrue();
    }

    @Test
    void aServerTakesAPortOfTheRange() throws Exception {
        var first = FreePorts.block(2);
        var range = new PortRange(first, first + 1);
        var server = DatabaseDirectory.create(data).serverOrNew("127.0.0.1", range);

        assertThat(range.has(server.address().port())).isTrue();
    }

    @Test
    void aServerFollowsItsNodeToAnotherAddress() throws Exception {
        var directory = DatabaseDirectory.create(data);
        var server = directory.serverOrNew("127.0.0.1", PortRange.ANY);

        var moved = directory.serverOrNew("127.0.0.2", PortRange.ANY);

        assertThat(moved.address())
                .isEqualTo(new Address("127.0.0.2", server.address().port()));
        assertThat(moved.sameDataAs(server)).isTrue();
        assertThat(directory.server()).contains(moved);
    }

    @Test
    void noTextShowsThePassword() throws Exception {
        var server = DatabaseDirectory.create(data).serverOrNew("127.0.0.1", PortRange.ANY);
        var config = new DatabaseConfig("mysql://app@db/shop", List.of(), "", "", TlsMode.DISABLED, "");
        var external = new Database.External(config, "secret");

        assertThat(server.toString()).doesNotContain(server.password());
        assertThat(external.toString()).doesNotContain("secret");
    }
}
