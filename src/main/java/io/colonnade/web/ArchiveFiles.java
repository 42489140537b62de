package io.colonnade.web;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unpacks the static files of an archive: small files into memory, large ones into one file on the node's disk. Blocks. */
final class ArchiveFiles {
    /** Build tools that always make the same archive of the same source give all files a time in 1980. */
    private static final Instant FIRST_PLAUSIBLE = Instant.parse("1981-01-01T00:00:00Z");

    private final Path folder;
    private final MemoryBudget budget;
    private @Nullable FileChannel large;

    /**
     * @param folder gets the file with this archive's large files, and nothing else; files from an earlier start are deleted
     */
    ArchiveFiles(Path folder, MemoryBudget budget) {
        this.folder = folder;
        this.budget = budget;
    }

    Map<String, Representation> load(SiteArchive archive) throws IOException {
        empty();
        var files = new HashMap<String, Representation>();
        for (var entry : archive.webroot()) {
            files.put(entry.name(), load(entry));
        }
        return files;
    }

    private Representation load(ArchiveEntry entry) throws IOException {
        try {
            return representation(entry);
        } catch (IOException broken) {
            throw new IOException(
                    entry.name() + " cannot be taken from the site's jar: " + broken.getMessage(), broken);
        }
    }

    private Representation representation(ArchiveEntry entry) throws IOException {
        var body = budget.take(entry.size()) ? inMemory(entry) : unpacked(entry);
        var tag = Representation.tag(entry.crc(), entry.size());
        var modified =
                entry.modified().isBefore(FIRST_PLAUSIBLE) ? Representation.UNKNOWN : HttpDate.of(entry.modified());
        var type = ContentTypes.of(entry.name());
        return new Representation(type, Representation.IDENTITY, tag, modified, entry.size(), body);
    }

    private static Body inMemory(ArchiveEntry entry) throws IOException {
        try (var in = entry.content().open()) {
            return Body.InMemory.of(in.readAllBytes());
        }
    }

    /** Appends the bytes to the file with the large ones, so that a site needs one file descriptor, however many files it has. */
    private Body unpacked(ArchiveEntry entry) throws IOException {
        if (large == null) {
            large = FileChannel.open(Files.createDirectories(folder).resolve("large"), CREATE_NEW, READ, WRITE);
        }
        var position = large.position();
        try (var in = entry.content().open()) {
            in.transferTo(Channels.newOutputStream(large));
        }
        return new Body.Unpacked(large, position);
    }

    private void empty() throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
