package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is found between two scans. */
@EnabledOnOs(OS.LINUX)
class DirectoryNoticesTest {
    private final Path webroot;
    private final MemoryBudget budget =
            new MemoryBudget(new WebConfig(10, 1000, Duration.ofSeconds(1)), Long.MAX_VALUE);
    private final DirectoryFiles files;

    DirectoryNoticesTest(@TempDir Path folder) throws IOException {
        webroot = folder.resolve("webroot");
        Files.createDirectories(webroot.resolve("css"));
        files = new DirectoryFiles(webroot, budget);
    }

    @BeforeEach
    void scan() throws IOException {
        write("a.txt");
        write("css/a.css");
        Files.createSymbolicLink(webroot.resolve("alias.txt"), Path.of("a.txt"));
        Files.createSymbolicLink(webroot.resolve("style"), Path.of("css"));
        assertThat(files.scan()).containsOnlyKeys("a.txt", "alias.txt", "css/a.css", "style/a.css");
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void findsFilesThatComeAndGo() throws IOException {
        write("b.txt");
        write("css/b.css");
        Files.delete(webroot.resolve("css/a.css"));
        awaitNames("a.txt", "alias.txt", "b.txt", "css/b.css", "style/b.css");
        assertThat(budget.used()).isEqualTo(5);
    }

    @Test
    void findsWhatIsInDirectoriesThatComeMoveAndGo() throws IOException {
        Files.createDirectories(webroot.resolve("new/deep"));
        write("new/deep/c.txt");
        awaitNames("a.txt", "alias.txt", "css/a.css", "style/a.css", "new/deep/c.txt");
        Files.move(webroot.resolve("new"), webroot.resolve("other"));
        awaitNames("a.txt", "alias.txt", "css/a.css", "style/a.css", "other/deep/c.txt");
        write("other/deep/d.txt");
        awaitNames("a.txt", "alias.txt", "css/a.css", "style/a.css", "other/deep/c.txt", "other/deep/d.txt");
        Files.move(webroot.resolve("other"), webroot.resolveSibling("away"));
        awaitNames("a.txt", "alias.txt", "css/a.css", "style/a.css");
    }

    @Test
    void findsTheChangeOfAFileBehindALink() throws IOException {
        Files.writeString(webroot.resolve("a.txt"), "changed");
        await().untilAsserted(() -> assertThat(
                        files.changed().orElseThrow().get("alias.txt").length())
                .isEqualTo(7));
    }

    @Test
    void looksAgainAtWhatHadJustBeenWritten() throws IOException {
        var file = Files.writeString(webroot.resolve("a.txt"), "new");
        await().until(() -> {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return !files.changed().orElseThrow().get("a.txt").isSettled();
        });
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        await().until(() -> files.changed().orElseThrow().get("a.txt").isSettled());
    }

    @Test
    void leavesHiddenDirectoriesAlone() throws IOException {
        Files.createDirectories(webroot.resolve(".git"));
        write(".git/config");
        Files.createDirectories(webroot.resolve(".well-known"));
        write(".well-known/security.txt");
        awaitNames("a.txt", "alias.txt", "css/a.css", "style/a.css", ".well-known/security.txt");
    }

    @Test
    void asksForAScanWhenTooMuchChangesOrAnotherDirectoryIsInItsPlace() throws IOException {
        for (var i = 0; i < 2000; i++) {
            Files.createFile(webroot.resolve(i + ".txt"));
        }
        await().until(() -> files.changed().isEmpty());
        assertThat(files.scan()).hasSize(2004);
        Files.move(webroot, webroot.resolveSibling("away"));
        Files.createDirectory(webroot);
        assertThat(files.changed()).isEqualTo(Optional.empty());
        assertThat(files.scan()).isEmpty();
        write("b.txt");
        awaitNames("b.txt");
    }

    private void awaitNames(String... names) {
        await().untilAsserted(
                        () -> assertThat(files.changed().orElseThrow().keySet()).isEqualTo(Set.of(names)));
    }

    private void write(String name) throws IOException {
        Files.setLastModifiedTime(Files.writeString(webroot.resolve(name), "1"), FileTime.from(Instant.EPOCH));
    }
}
