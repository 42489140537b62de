package io.colonnade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReferencesTest {
    private final ConfigReferences references = new ConfigReferences(Map.of("KEY", "s3cret$1", "EMPTY", "")::get);

    @TempDir
    private Path folder;

    @Test
    void putsInVariablesAndFilesWhereverTheyAreNamed() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "first\nlast\n");
        var config = Map.<String, Object>of(
                "plain", "a $ and a ${thing}",
                "number", 7,
                "header", "Bearer ${env:KEY}, ${env:EMPTY}.",
                "deep", Map.of("list", List.of("${file:" + file + "}", true)),
                "literal", "$${env:KEY}");
        assertThat(references.resolve(config))
                .isEqualTo(Map.of(
                        "plain", "a $ and a ${thing}",
                        "number", 7,
                        "header", "Bearer s3cret$1, .",
                        "deep", Map.of("list", List.of("first\nlast", true)),
                        "literal", "${env:KEY}"));
    }

    @Test
    void saysWhichKeyNamesWhatIsNotThere() {
        assertThatThrownBy(() ->
                        references.resolve(Map.of("keys", List.of(Map.of("a", "x"), Map.of("b", "${env:NOT_SET}")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("config.keys[1].b names ${env:NOT_SET}, which is not set in the node's environment");
        var missing = folder.resolve("missing");
        assertThatThrownBy(() -> references.resolve(Map.of("key", "${file:" + missing + "}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("config.key names ${file:" + missing + "}, which cannot be read (");
    }
}
