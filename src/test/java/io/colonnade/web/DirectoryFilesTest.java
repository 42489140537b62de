package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFilesTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-02T03:04:05.678Z");

    private final Path webroot;
    private final Path outside;
    private final MemoryBudget budget = new MemoryBudget(new WebConfig(10, 20, Duration.ofSeconds(1)), Long.MAX_VALUE);
    private final DirectoryFiles files;

    DirectoryFilesTest(@TempDir Path folder) throws IOException {
        webroot = folder.resolve("webroot");
        Files.createDirectories(webroot.resolve("css"));
        outside = Files.writeString(folder.resolve("outside.txt"), "outside");
        files = new DirectoryFiles(webroot, budget);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void findsFilesInFoldersButNoHiddenOnes() throws IOException {
        write("index.html", "home");
        write("css/site.css", "body{}");
        write(".htpasswd", "secret");
        assertThat(files.scan(told -> {})).containsOnlyKeys("index.html", "css/site.css");
    }

    @Test
    void anUntouchedFileIsNotReadAgain() throws IOException {
        var file = write("a.txt", "one");
        var first = scanned("a.txt");
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        assertThat(scanned("a.txt")).isSameAs(first);
    }

    @Test
    void aChangedFileGetsAnotherTag() throws IOException {
        var file = write("a.txt", "one");
        var first = scanned("a.txt");
        Files.writeString(file, "two");
        var second = scanned("a.txt");
        assertThat(second.etag()).isNotEqualTo(first.etag());
        assertThat(bytes(second)).isEqualTo("two");
    }

    @Test
    void aFileThatHasJustBeenWrittenIsReadAgainEvenIfItsTimeIsTheSame() throws IOException {
        var file = Files.writeString(webroot.resolve("a.txt"), "one");
        var modified = Files.getLastModifiedTime(file);
        files.scan(told -> {});
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, modified);
        assertThat(bytes(scanned("a.txt"))).isEqualTo("two");
    }

    @Test
    void aFileThatMayBeBeingWrittenIsNoVersion() throws IOException {
        var file = Files.writeString(webroot.resolve("a.txt"), "half");
        var large = Files.writeString(webroot.resolve("large.txt"), "half of a large one");
        for (var written : List.of(file, large)) {
            await().until(() -> {
                Files.setLastModifiedTime(written, FileTime.from(Instant.now()));
                var found = scanned(written.getFileName().toString());
                return !found.isSettled() && !found.modifiedIsKnown();
            });
        }
        for (var written : List.of(file, large)) {
            Files.setLastModifiedTime(written, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        }
        assertThat(scanned("a.txt").isSettled()).isTrue();
        assertThat(scanned("large.txt").isSettled()).isTrue();
        assertThat(Objects.requireNonNull(scanned("large.txt").current()).isSettled())
                .isTrue();
    }

    @Test
    void whatIsOpenIsOneVersion() throws IOException {
        var file = write("large.txt", "12345678901");
        var known = scanned("large.txt");
        var other = write("css/other.txt", "123456789012345");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        var open = known.opened();
        Files.delete(file);
        assertThat(open.isSettled()).isFalse();
        assertThat(open.length()).isEqualTo(15);
        try (var channel = ((Body.Opened) open.body()).file()) {
            assertThat(channel.size()).isEqualTo(15);
        }
    }

    @Test
    void memoryIsGivenBackWhenFilesChangeOrGo() throws IOException {
        var file = write("a.txt", "12345678");
        write("b.txt", "1234");
        files.scan(told -> {});
        assertThat(budget.used()).isEqualTo(12);
        Files.writeString(file, "1");
        files.scan(told -> {});
        files.scan(told -> {});
        assertThat(budget.used()).isEqualTo(5);
        Files.delete(file);
        files.scan(told -> {});
        assertThat(budget.used()).isEqualTo(4);
    }

    @Test
    void whatDoesNotFitInMemoryStaysOnDisk() throws IOException {
        write("a.txt", "1234567890");
        write("b.txt", "1234567890");
        write("c.txt", "1");
        write("large.txt", "12345678901");
        var found = files.scan(told -> {});
        assertThat(budget.used()).isLessThanOrEqualTo(20);
        assertThat(scanned("large.txt").body()).isInstanceOf(Body.OnDisk.class);
        assertThat(found.values())
                .filteredOn(file -> file.body() instanceof Body.OnDisk)
                .hasSize(2);
    }

    @Test
    void aLargeFileIsDescribedAsItIsWhenItIsSent() throws IOException {
        var file = write("large.txt", "12345678901");
        var scanned = scanned("large.txt");
        assertThat(scanned.current()).isEqualTo(scanned);
        Files.writeString(file, "123456789012");
        var current = Objects.requireNonNull(scanned.current());
        assertThat(current.length()).isEqualTo(12);
        assertThat(current.etag()).isNotEqualTo(scanned.etag());
        Files.delete(file);
        assertThat(scanned.current()).isNull();
    }

    @Test
    void followsLinksInsideAndRefusesThoseThatLeadOut() throws IOException {
        write("css/site.css", "body{}");
        Files.createSymbolicLink(webroot.resolve("alias.css"), Path.of("css/site.css"));
        Files.createSymbolicLink(webroot.resolve("style"), Path.of("css"));
        Files.createSymbolicLink(webroot.resolve("out.txt"), outside);
        Files.createSymbolicLink(webroot.resolve("parent"), Path.of(".."));
        Files.createSymbolicLink(webroot.resolve("css/loop"), Path.of("."));
        Files.createSymbolicLink(webroot.resolve("dangling"), Path.of("nowhere"));
        assertThat(files.scan(told -> {})).containsOnlyKeys("css/site.css", "alias.css", "style/site.css");
    }

    @Test
    void failsWhenTheDirectoryIsGoneAndHealsWhenItIsBack() throws IOException {
        write("css/a.txt", "a");
        files.scan(told -> {});
        var away = Files.move(webroot, webroot.resolveSibling("away"));
        assertThatThrownBy(() -> files.scan(told -> {})).isInstanceOf(NoSuchFileException.class);
        Files.move(away, webroot);
        assertThat(files.scan(told -> {}))
                .isEqualTo(Map.copyOf(files.scan(told -> {})))
                .containsOnlyKeys("css/a.txt");
    }

    private Representation scanned(String name) throws IOException {
        return Objects.requireNonNull(files.scan(told -> {}).get(name));
    }

    private Path write(String name, String text) throws IOException {
        var file = Files.writeString(webroot.resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private static String bytes(Representation representation) {
        return ((Body.InMemory) representation.body()).bytes().toString();
    }
}
