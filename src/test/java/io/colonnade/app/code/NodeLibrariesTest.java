package io.colonnade.app.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLibrariesTest {
    private final Path folder;

    NodeLibrariesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void namesTheLibrariesOfWhichAJarHasClassesThatTheNodeHasToo() throws IOException {
        var jar = SiteJar.of()
                .file("io/vertx/core/Vertx.class", "")
                .file("io/vertx/ext/web/Router.class", "")
                .file("com/fasterxml/jackson/databind/ObjectMapper.class", "")
                .write(folder.resolve("shop.jar"));
        assertThat(copiesIn(jar)).containsExactly("Jackson", "Vert.x");
    }

    @Test
    void namesNoModuleThatOnlyTheSiteHasAndNoLibraryThatTheSiteUsesFromItsJar() throws IOException {
        var jar = SiteJar.of()
                .file("io/vertx/ext/acme/Acme.class", "")
                .file("com/fasterxml/jackson/datatype/acme/AcmeModule.class", "")
                .file("com/hazelcast/core/Hazelcast.class", "")
                .write(folder.resolve("shop.jar"));
        assertThat(copiesIn(jar)).isEmpty();
    }

    private static List<String> copiesIn(Path jar) throws IOException {
        return NodeLibraries.copiesIn(List.of(jar), NodeLibraries.class.getClassLoader());
    }
}
