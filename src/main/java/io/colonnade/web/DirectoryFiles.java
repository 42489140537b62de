package io.colonnade.web;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Reads the static files of a {@code webroot} directory, and what has changed at each later scan. Blocks. Used by one thread at a time. */
final class DirectoryFiles {
    /** A file that changed less than this before it was read may have changed again at the same time of the file system's clock. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** A file as it was when it was last read. */
    private record Known(Instant modified, long size, Instant read, Representation representation) {
        boolean isStill(BasicFileAttributes now) {
            return size == now.size()
                    && modified.equals(now.lastModifiedTime().toInstant())
                    && modified.plus(SETTLED).isBefore(read);
        }

        long inMemory() {
            return representation.body() instanceof Body.InMemory memory
                    ? memory.bytes().length()
                    : 0;
        }
    }

    private final Path directory;
    private final MemoryBudget budget;
    private Map<String, Known> known = Map.of();

    DirectoryFiles(Path directory, MemoryBudget budget) {
        this.directory = directory;
        this.budget = budget;
    }

    /**
     * Scans the directory and reads the files that have changed.
     *
     * @throws IOException if the directory does not exist or cannot be read
     */
    Map<String, Representation> scan() throws IOException {
        var found = new HashMap<String, Known>();
        var visitor = new DirectoryVisitor(
                directory.toRealPath(), (name, file, now) -> found.put(name, look(name, file, now)));
        Files.walkFileTree(visitor.root(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        known.forEach((name, old) -> budget.giveBack(old.equals(found.get(name)) ? 0 : old.inMemory()));
        known = found;
        var files = new HashMap<String, Representation>();
        found.forEach((name, file) -> files.put(name, file.representation()));
        return files;
    }

    private Known look(String name, Path file, BasicFileAttributes now) throws IOException {
        var last = known.get(name);
        if (last != null && last.isStill(now)) {
            return last;
        }
        var type = ContentTypes.of(name);
        var representation = budget.take(now.size())
                ? inMemory(type, file, now)
                : Representation.onDisk(type, Representation.IDENTITY, file.toRealPath(), now);
        return new Known(now.lastModifiedTime().toInstant(), now.size(), Instant.now(), representation);
    }

    private Representation inMemory(String type, Path file, BasicFileAttributes now) throws IOException {
        var bytes = read(file, now.size());
        var crc = new CRC32();
        crc.update(bytes);
        var modified = HttpDate.of(now.lastModifiedTime().toInstant());
        var tag = Representation.tag(crc.getValue(), bytes.length);
        var body = Body.InMemory.of(bytes);
        return new Representation(type, Representation.IDENTITY, tag, modified, bytes.length, body);
    }

    /** Reads at most as many bytes as were taken from the budget, even if the file grows meanwhile. */
    private byte[] read(Path file, long size) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes((int) size);
            budget.giveBack(size - bytes.length);
            return bytes;
        } catch (IOException unreadable) {
            budget.giveBack(size);
            throw unreadable;
        }
    }
}
