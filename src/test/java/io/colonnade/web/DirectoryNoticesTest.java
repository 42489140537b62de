package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Map<String, Representation> known = new HashMap<>();

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
        known.putAll(files.scan(told -> {}));
        assertThat(known).containsOnlyKeys("a.txt", "alias.txt", "css/a.css", "style/a.css");
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
        await().untilAsserted(() -> assertThat(changed("alias.txt").length()).isEqualTo(7));
    }

    @Test
    void looksAgainAtWhatHadJustBeenWritten() throws IOException {
        var file = Files.writeString(webroot.resolve("a.txt"), "new");
        await().until(() -> {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return !changed("a.txt").isSettled();
        });
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        await().until(() -> changed("a.txt").isSettled());
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
        assertThat(files.scan(told -> {})).hasSize(2004);
        Files.move(webroot, webroot.resolveSibling("away"));
        Files.createDirectory(webroot);
        assertThat(files.changed()).isEqualTo(Optional.empty());
        assertThat(files.scan(told -> {})).isEmpty();
        known.clear();
        write("b.txt");
        awaitNames("b.txt");
    }

    @Test
    void tellsOnlyWhatHasChanged() throws IOException {
        assertThat(files.changed().orElseThrow()).isEmpty();
        write("css/b.css");
        var changes = new HashMap<String, Optional<Representation>>();
        await().untilAsserted(() -> {
            changes.putAll(files.changed().orElseThrow());
            assertThat(changes).containsOnlyKeys("css/b.css", "style/b.css");
        });
        assertThat(files.scan(told -> {})).hasSize(6);
        assertThat(files.changed().orElseThrow()).isEmpty();
    }

    @Test
    void whatIsToldDuringAScanIsGivenAtOnce() throws IOException {
        var meanwhile = new HashMap<String, Optional<Representation>>();
        var written = new AtomicInteger();
        await().until(() -> {
            files.scan(meanwhile::putAll);
            write("css/b" + written.incrementAndGet() + ".css");
            return !meanwhile.isEmpty();
        });
        assertThat(meanwhile.keySet()).allMatch(name -> name.startsWith("css/b"));
        assertThat(files.scan(told -> {})).hasSize(4 + 2 * written.get());
    }

    @Test
    void noMemoryIsLostWhateverChangesWhileFilesAreRead() throws IOException {
        var random = new Random(1);
        for (var round = 0; round < 30; round++) {
            change(random);
            files.scan(told -> change(random));
            change(random);
            files.changed();
        }
        var found = files.scan(told -> {});
        assertThat(budget.used())
                .isEqualTo(found.values().stream()
                        .mapToLong(Representation::length)
                        .sum());
    }

    /** Writes, moves and removes files and a directory. */
    private void change(Random random) {
        try {
            var file = webroot.resolve(random.nextInt(5) + ".txt");
            var directory = webroot.resolve("dir" + random.nextInt(2));
            Files.writeString(file, "12345".substring(random.nextInt(5)));
            Files.deleteIfExists(webroot.resolve(random.nextInt(5) + ".txt"));
            if (Files.isDirectory(directory)) {
                Files.deleteIfExists(directory.resolve("c.txt"));
                Files.delete(directory);
            } else {
                Files.writeString(Files.createDirectory(directory).resolve("c.txt"), "123");
            }
            Thread.sleep(10); // for the system to tell it
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void awaitNames(String... names) {
        await().untilAsserted(() -> assertThat(changed().keySet()).isEqualTo(Set.of(names)));
    }

    private Representation changed(String name) throws IOException {
        return Objects.requireNonNull(changed().get(name));
    }

    /** All files, after what {@link DirectoryFiles#changed} has found. */
    private Map<String, Representation> changed() throws IOException {
        files.changed()
                .orElseThrow()
                .forEach((name, now) ->
                        now.ifPresentOrElse(file -> known.put(name, file), () -> assertThat(known.remove(name))
                                .isNotNull()));
        return known;
    }

    private void write(String name) throws IOException {
        Files.setLastModifiedTime(Files.writeString(webroot.resolve(name), "1"), FileTime.from(Instant.EPOCH));
    }
}
