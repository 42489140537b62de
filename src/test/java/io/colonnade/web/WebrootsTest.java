package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.config.SiteConfig;
import io.colonnade.core.SiteId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebrootsTest {
    private static final SiteId SITE = new SiteId("shop", "c0ffee");
    private static final WebConfig CONFIG = new WebConfig(10, 100, Duration.ofMillis(100));

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final Webroots webroots;

    WebrootsTest(@TempDir Path folder) {
        this.folder = folder;
        this.webroots = new Webroots(vertx, CONFIG, folder.resolve("web"));
    }

    @AfterEach
    void close() {
        webroots.close();
        vertx.close();
    }

    @Test
    void aDirectoryReplacesTheArchivesFilesAndItsChangesAreNoticed() throws IOException {
        var directory = Files.createDirectory(folder.resolve("public"));
        Files.writeString(directory.resolve("a.txt"), "disk");
        add(Map.of("webroot/a.txt", "jar", "webroot/b.txt", "jar"), directory.toString());
        assertThat(text("/a.txt")).isEqualTo("disk");
        assertThat(files().find("/b.txt")).isNull();

        Files.writeString(directory.resolve("a.txt"), "changed");
        await().untilAsserted(() -> assertThat(text("/a.txt")).isEqualTo("changed"));
        Files.delete(directory.resolve("a.txt"));
        await().untilAsserted(() -> assertThat(files().find("/a.txt")).isNull());
    }

    @Test
    void goesOnWithTheLastFilesWhileTheDirectoryIsAwayAndNoticesItsReturn() throws IOException {
        var directory = Files.createDirectory(folder.resolve("public"));
        Files.writeString(directory.resolve("a.txt"), "old");
        add(Map.of("webroot/b.txt", "jar"), directory.toString());
        var away = Files.move(directory, folder.resolve("away"));
        assertThat(text("/a.txt")).isEqualTo("old");
        Files.writeString(away.resolve("a.txt"), "new");
        Files.move(away, directory);
        await().untilAsserted(() -> assertThat(text("/a.txt")).isEqualTo("new"));
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        assertThatThrownBy(() -> add(Map.of("webroot/a.txt", "a"), "/no/such/webroot"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/webroot")
                .hasMessageContaining("shop");
    }

    @Test
    void largeFilesOfArchivesAreUnpackedUnderANameOfOurOwn() throws IOException {
        var leftover = Files.createDirectories(folder.resolve("web/shop")).resolve("7");
        Files.writeString(leftover, "of an earlier start");
        add(Map.of("webroot/../../../evil.txt", "this is a large file", "webroot/a.txt", "a"), "");
        assertThat(leftover).doesNotExist();
        assertThat(folder.resolve("web/shop"))
                .isDirectoryNotContaining(file -> !file.getFileName().toString().equals("large"));
        assertThat(files().find("/../../../evil.txt")).isNull();
        assertThat(webroots.status().getLong("inMemoryBytes")).isEqualTo(1);
    }

    @Test
    void aTimeThatAToolMadeUpIsNotTold() throws IOException {
        var jar = TestArchive.jar(
                folder.resolve("shop.jar"), Map.of("webroot/a.txt", "a"), LocalDateTime.of(1980, 2, 1, 0, 0));
        try (var archive = SiteArchive.open(jar.toString())) {
            webroots.add(SITE, SiteConfig.DEFAULTS, archive);
        }
        assertThat(file("/a.txt").plain().modifiedIsKnown()).isFalse();
    }

    private void add(Map<String, String> entries, String webroot) throws IOException {
        var defaults = SiteConfig.DEFAULTS;
        var site = new SiteConfig(
                "shop",
                "shop.jar",
                "",
                0,
                defaults.hosts(),
                defaults.isDefault(),
                webroot,
                defaults.balance(),
                defaults.balanceApp(),
                "",
                Map.of(),
                List.of(),
                Map.of());
        var jar = TestArchive.jar(folder.resolve("shop.jar"), entries);
        try (var archive = SiteArchive.open(jar.toString())) {
            webroots.add(SITE, site, archive);
        }
    }

    private StaticFiles files() {
        return Objects.requireNonNull(webroots.of(SITE));
    }

    private StaticFile file(String path) {
        return (StaticFile) Objects.requireNonNull(files().find(path));
    }

    private String text(String path) {
        return file(path).plain().body() instanceof Body.InMemory memory
                ? memory.bytes().toString()
                : "";
    }
}
