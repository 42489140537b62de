package io.colonnade.web;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Takes the static files out of an archive: small ones into memory, large ones into a folder of the node's. Blocks. */
final class ArchiveFiles {
    /** Tools that make the same archive of the same source write a time of 1980. */
    private static final Instant FIRST_PLAUSIBLE = Instant.parse("1981-01-01T00:00:00Z");

    private final Path folder;
    private final MemoryBudget budget;

    /**
     * @param folder for this archive's large files alone; what is in it from an earlier start is removed
     */
    ArchiveFiles(Path folder, MemoryBudget budget) {
        this.folder = folder;
        this.budget = budget;
    }

    Map<String, Representation> load(SiteArchive archive) throws IOException {
        empty();
        var files = new HashMap<String, Representation>();
        for (var entry : archive.webroot()) {
            files.put(entry.name(), load(entry, files.size()));
        }
        return files;
    }

    private Representation load(ArchiveEntry entry, int number) throws IOException {
        try {
            return representation(entry, number);
        } catch (IOException broken) {
            throw new IOException(
                    entry.name() + " cannot be taken from the site's jar: " + broken.getMessage(), broken);
        }
    }

    private Representation representation(ArchiveEntry entry, int number) throws IOException {
        var body = budget.take(entry.size()) ? inMemory(entry) : unpacked(entry, number);
        var tag = Representation.tag(entry.crc(), entry.size());
        var modified = entry.modified().isBefore(FIRST_PLAUSIBLE) ? Representation.UNKNOWN : entry.modified();
        var type = ContentTypes.of(entry.name());
        return new Representation(type, Representation.IDENTITY, tag, modified, entry.size(), body);
    }

    private static Body inMemory(ArchiveEntry entry) throws IOException {
        try (var in = entry.content().open()) {
            return Body.InMemory.of(in.readAllBytes());
        }
    }

    /** Numbered, so that nothing an archive says can name a file elsewhere. */
    private Body unpacked(ArchiveEntry entry, int number) throws IOException {
        var file = Files.createDirectories(folder).resolve(Integer.toString(number));
        try (var in = entry.content().open()) {
            Files.copy(in, file);
        }
        return new Body.OnDisk(file.toAbsolutePath(), false);
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
