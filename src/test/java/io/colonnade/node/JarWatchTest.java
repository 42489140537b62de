package io.colonnade.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarWatchTest {
    @TempDir
    private Path folder;

    private Path jar;
    private Path site;
    private JarWatch watch;

    @BeforeEach
    void watch() throws IOException {
        jar = Files.writeString(folder.resolve("a.jar"), "content");
        site = Files.writeString(folder.resolve("site.jar"), "content");
        watch = new JarWatch(jar, List.of(folder, site));
    }

    @Test
    void aJarThatStaysIsNothingToTell() {
        watch.look();
        assertThat(changed()).isEmpty();
    }

    @Test
    void aJarThatIsWrittenOverIsTold() throws IOException {
        Files.writeString(jar, "another content");
        watch.look();
        watch.look();
        assertThat(changed())
                .containsExactly(new JsonObject().put("file", jar.toString()).put("is", "overwritten"));
    }

    @Test
    void aSitesJarThatIsWrittenOverIsNoHarm() throws IOException {
        Files.writeString(site, "another content");
        watch.look();
        assertThat(changed())
                .containsExactly(new JsonObject().put("file", site.toString()).put("is", "replaced"));
    }

    @Test
    void aJarInWhosePlaceAnotherWasMovedIsNoHarm() throws IOException {
        var other = Files.writeString(folder.resolve("b.jar"), "content");
        Files.move(other, jar, StandardCopyOption.ATOMIC_MOVE);
        watch.look();
        assertThat(changed())
                .containsExactly(new JsonObject().put("file", jar.toString()).put("is", "replaced"));
    }

    @Test
    void aJarThatIsGoneIsNoHarm() throws IOException {
        Files.delete(jar);
        watch.look();
        assertThat(changed())
                .containsExactly(new JsonObject().put("file", jar.toString()).put("is", "replaced"));
    }

    @Test
    void theClassesThatAStopNeedsAreThere() {
        assertThat(StopClasses.names()).hasSizeGreaterThan(100).allSatisfy(name -> assertThat(
                        Class.forName(name, false, getClass().getClassLoader()))
                .isNotNull());
    }

    private JsonArray changed() {
        return watch.status().getJsonArray("changed");
    }
}
