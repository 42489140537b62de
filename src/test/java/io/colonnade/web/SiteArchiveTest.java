package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.config.SiteConfig;
import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteArchiveTest {
    private final Path folder;

    SiteArchiveTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void contentIsTheSameWhateverTheOrderAndTheTimes() throws IOException {
        var forth = new LinkedHashMap<>(Map.of("webroot/a.txt", "a"));
        forth.put("site/B.class", "b");
        var back = new LinkedHashMap<>(Map.of("site/B.class", "b"));
        back.put("webroot/a.txt", "a");
        back.put("META-INF/maven/g/a/pom.properties", "made today");
        var one = TestArchive.jar(folder.resolve("one.jar"), forth);
        var two = TestArchive.jar(folder.resolve("two.jar"), back, LocalDateTime.of(2026, 1, 1, 0, 0));
        assertThat(content(one)).isEqualTo(content(two)).matches("[0-9a-f]{64}");
    }

    @Test
    void contentChangesWithAByteOfAFileAndWithItsName() throws IOException {
        var one = TestArchive.jar(folder.resolve("one.jar"), Map.of("webroot/a.txt", "a"));
        var other = TestArchive.jar(folder.resolve("other.jar"), Map.of("webroot/a.txt", "b"));
        var renamed = TestArchive.jar(folder.resolve("renamed.jar"), Map.of("webroot/b.txt", "a"));
        assertThat(content(one)).isNotEqualTo(content(other)).isNotEqualTo(content(renamed));
    }

    @Test
    void theBundledSiteIsFoundInTheNodeItself() throws IOException {
        var contentOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(content(Path.of(SiteArchive.BUNDLED))).isNotEqualTo(contentOfNothing);
    }

    @Test
    void refusesAMissingFile() {
        var missing = folder.resolve("missing.jar");
        assertThatThrownBy(() -> content(missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("does not exist")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesWhatIsNoZip() throws IOException {
        var text = Files.writeString(folder.resolve("text.jar"), "not a zip");
        assertThatThrownBy(() -> content(text)).isInstanceOf(IOException.class).hasMessageContaining("is no jar");
    }

    @Test
    void refusesAJarThatIsNoSite() throws IOException {
        var library = TestArchive.jar(folder.resolve("library.jar"), Map.of("lib/A.class", "a"));
        assertThatThrownBy(() -> content(library))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("META-INF/services/io.colonnade.site.Site");
    }

    @Test
    void takesADirectoryForTheJarWithTheSameFiles() throws IOException {
        var directory = folder.resolve("target/classes");
        var jar = TestArchive.jar(folder.resolve("shop.jar"), Map.of("webroot/a.txt", "a", "site/B.class", "b"));
        assertThat(content(SiteJar.unpack(jar, directory))).isEqualTo(content(jar));
        Files.writeString(directory.resolve("webroot/a.txt"), "changed");
        assertThat(content(directory)).isNotEqualTo(content(jar));
    }

    @Test
    void refusesADirectoryThatIsNoSite() throws IOException {
        Files.writeString(folder.resolve("A.class"), "a");
        assertThatThrownBy(() -> content(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no site");
    }

    @Test
    void takesAWholeApplicationWhoseManifestNamesItsMainVerticle() throws IOException {
        var manifest = "Manifest-Version: 1.0\nMain-Verticle: com.acme.Main\n";
        var jar = TestArchive.jar(folder.resolve("shop.jar"), Map.of("META-INF/MANIFEST.MF", manifest));
        assertThat(content(jar)).isNotEmpty();
        var other = TestArchive.jar(
                folder.resolve("other.jar"), Map.of("META-INF/MANIFEST.MF", manifest.replace("-Verticle", "-Class")));
        assertThatThrownBy(() -> content(other)).hasMessageContaining("Main-Verticle");
    }

    @Test
    void takesAnyClassesWhereTheConfigurationNamesTheMainVerticle() throws IOException {
        var jar = TestArchive.jar(folder.resolve("shop.jar"), Map.of("com/acme/Main.class", "a"));
        var defaults = SiteConfig.DEFAULTS;
        var site = new SiteConfig(
                "shop",
                jar.toString(),
                "com.acme.Main",
                0,
                List.of(),
                false,
                "",
                defaults.balance(),
                defaults.balanceApp(),
                "",
                Map.of(),
                List.of(),
                Map.of());
        try (var archive = SiteArchive.open(site)) {
            assertThat(archive.content()).isNotEmpty();
        }
        assertThatThrownBy(() -> content(jar)).isInstanceOf(IOException.class).hasMessageContaining("is no site");
    }

    private static String content(Path jar) throws IOException {
        try (var archive = SiteArchive.open(jar.toString())) {
            return archive.content();
        }
    }
}
