package io.colonnade.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabasePasswordTest {
    private final Settings<NodeConfig> settings = Settings.of(NodeConfig.DEFAULTS);

    @TempDir
    Path folder;

    @Test
    void isTheFirstLineOfTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "hush hush\n");
        settings.set("database-password-file", file.toString(), "--database-password-file");
        assertThat(DatabasePassword.of(settings.bind())).isEqualTo("hush hush");
    }

    @Test
    void isThatOfTheEnvironmentBeforeTheFile() {
        settings.environment(Map.of("COLONNADE_DATABASE_PASSWORD", "env"), Set.of())
                .set("database-password-file", folder.resolve("missing").toString(), "--database-password-file");
        assertThat(DatabasePassword.of(settings.bind())).isEqualTo("env");
    }

    @Test
    void isEmptyWhenNobodyGivesOne() {
        assertThat(DatabasePassword.of(NodeConfig.DEFAULTS)).isEmpty();
    }

    @Test
    void saysWhenTheFileCannotBeRead() {
        settings.set("database-password-file", folder.resolve("missing").toString(), "--database-password-file");
        var config = settings.bind();
        assertThatThrownBy(() -> DatabasePassword.of(config))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the password file " + folder.resolve("missing") + " cannot be read");
    }
}
