package io.colonnade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.Settings;
import io.colonnade.node.settings.NodeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every configuration that docs/databases.md shows is accepted, and means what the page says. */
class DatabasesPageTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void showsWhatTheNodesRunThemselvesAndServersOfTheUsers() throws Exception {
        assertThat(blocks()).hasSize(6);
        for (var i = 0; i < 6; i++) {
            assertThat(config(i).database().isEmbedded()).isEqualTo(i == 0);
            assertThat(config(i).database().isGalera()).isEqualTo(i == 4);
        }
    }

    @Test
    void theBlockOfOneServerMeansTheSameAsItsUrl() throws Exception {
        var url = config(1).database();
        var block = config(2).database();

        assertThat(block.hosts()).isEqualTo(url.hosts());
        assertThat(block.user()).isEqualTo(url.user());
        assertThat(block.schema()).isEqualTo(url.schema());
        assertThat(block.tls()).isEqualTo(url.tls());
    }

    private NodeConfig config(int block) throws Exception {
        var file = Files.writeString(folder.resolve("colonnade.yaml"), blocks().get(block));
        return Settings.of(NodeConfig.DEFAULTS).file(file).bind();
    }

    private static List<String> blocks() throws Exception {
        return BLOCK.matcher(Files.readString(Path.of("docs/databases.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
