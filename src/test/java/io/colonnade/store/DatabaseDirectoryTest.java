package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        var fresh = DatabaseDirectory.create(data).serverOrNew();

        assertThat(DatabaseDirectory.create(data).serverOrNew()).isEqualTo(fresh);
        assertThat(fresh.password()).hasSize(64);
    }

    @Test
    void onlyTheOwnerReadsThePassword() throws Exception {
        var directory = DatabaseDirectory.create(data);
        Files.createFile(directory.root().resolve("credentials.new"));

        directory.serverOrNew();

        assertThat(Files.getPosixFilePermissions(directory.root().resolve("credentials")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aServerMovesToAnotherPortWithItsData() throws Exception {
        var directory = DatabaseDirectory.create(data);
        var server = directory.serverOrNew();

        var moved = directory.move(server);

        assertThat(directory.server()).contains(moved);
        assertThat(moved.sameDataAs(server)).isTrue();
    }

    @Test
    void noTextShowsThePassword() throws Exception {
        var server = DatabaseDirectory.create(data).serverOrNew();
        var external = new Database.External(DatabaseUrl.parse("mysql://app@db/shop"), "secret");

        assertThat(server.toString()).doesNotContain(server.password());
        assertThat(external.toString()).doesNotContain("secret");
    }
}
