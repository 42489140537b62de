package io.colonnade.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeSecretsTest {
    @Test
    void livesInTheHomeOfTheEnvironmentElseOfTheUsersEntry() {
        assertThat(NodeSecrets.home("/srv/web", "/root")).isEqualTo(Path.of("/srv/web"));
        assertThat(NodeSecrets.home("/srv/web", "?")).isEqualTo(Path.of("/srv/web"));
        assertThat(NodeSecrets.home(null, "/root")).isEqualTo(Path.of("/root"));
        assertThat(NodeSecrets.home("", "/root")).isEqualTo(Path.of("/root"));
    }

    @Test
    void makesNoDirectoryForAUserWithoutAnEntry() {
        for (var entry : new String[] {"?", "", null}) {
            assertThatThrownBy(() -> NodeSecrets.home(null, entry))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("HOME")
                    .hasMessageContaining("--secret-file");
        }
    }
}
