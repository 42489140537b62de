package io.colonnade.web;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the static files of a {@code webroot} directory, and what has changed at each later look. Blocks. Used by one thread at a time.
 */
final class DirectoryFiles implements AutoCloseable {
    /** A file as it was when it was last read. */
    private record Known(FileTime modified, long size, Representation representation) {
        boolean isStill(BasicFileAttributes now) {
            return representation.isSettled() && size == now.size() && modified.equals(now.lastModifiedTime());
        }

        long inMemory() {
            return representation.body() instanceof Body.InMemory memory
                    ? memory.bytes().length()
                    : 0;
        }
    }

    /** What one look finds, on top of what is known and has not changed. */
    private final class Finds implements DirectoryVisitor.Found {
        private final Map<String, Known> files;
        private final DirectoryVisitor visitor;

        Finds(Path root, Map<String, Known> unchanged) {
            files = new HashMap<>(unchanged);
            visitor = new DirectoryVisitor(root, this);
        }

        void walk(Path path) throws IOException {
            Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        }

        /** Forgets what was at these paths and below them, and finds what is there now. */
        void replace(Set<Path> paths) throws IOException {
            var names = paths.stream()
                    .map(visitor::name)
                    .filter(PathIndex::mayHoldPublic)
                    .collect(toUnmodifiableSet());
            files.keySet().removeIf(file -> names.contains(file) || isBelow(names, file));
            for (var path : paths) {
                var name = visitor.name(path);
                if (names.contains(name) && !isBelow(names, name)) {
                    walk(path);
                }
            }
        }

        private static boolean isBelow(Set<String> directories, String name) {
            for (var end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
                if (directories.contains(name.substring(0, end))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void directory(Path directory, BasicFileAttributes attributes) {
            notices.watch(directory, attributes.fileKey());
        }

        @Override
        public void file(String name, Path file, BasicFileAttributes attributes) throws IOException {
            var now = look(name, file, attributes);
            files.put(name, now);
            if (!now.representation().isSettled()) {
                unsettled.add(file);
            }
        }
    }

    private final Path directory;
    private final MemoryBudget budget;
    private final DirectoryNotices notices = new DirectoryNotices();
    private Map<String, Known> known = Map.of();
    private Map<String, Representation> files = Map.of();
    private Path root = Path.of("");
    private @Nullable Object identity;
    private Set<Path> links = Set.of();
    private Set<Path> unsettled = new HashSet<>();

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
        root = directory.toRealPath();
        identity = identity(root);
        unsettled = new HashSet<>();
        notices.scanBegins();
        var found = new Finds(root, Map.of());
        found.walk(root);
        notices.scanEnds();
        return keep(found);
    }

    /**
     * Looks at what the system tells to have changed, at files that had just been written at the last look, and behind links, for which the
     * system tells nothing. Empty if only a scan can find out what has changed.
     *
     * @throws IOException if the directory does not exist or cannot be read
     */
    Optional<Map<String, Representation>> changed() throws IOException {
        var now = directory.toRealPath();
        var told = notices.changed();
        if (told.isEmpty() || !now.equals(root) || !Objects.equals(identity(now), identity)) {
            return Optional.empty();
        }
        var again = new HashSet<>(told.get());
        again.addAll(links);
        again.addAll(unsettled);
        if (again.isEmpty()) {
            return Optional.of(files);
        }
        unsettled = new HashSet<>();
        var found = new Finds(root, known);
        found.replace(again);
        return Optional.of(keep(found));
    }

    /** Looks at the directory and gives what it finds to the site. */
    DirectoryWatch.Look into(StaticFiles site) {
        return new DirectoryWatch.Look() {
            @Override
            public void all() throws IOException {
                site.replace(scan());
            }

            @Override
            public boolean changes() throws IOException {
                var now = changed();
                now.ifPresent(site::replace);
                return now.isPresent();
            }

            @Override
            public boolean isTold() {
                return notices.tell();
            }
        };
    }

    @Override
    public void close() {
        notices.close();
    }

    private static @Nullable Object identity(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    @SuppressWarnings("ReferenceEquality") // what was read again takes memory of its own, although it may be the same
    private Map<String, Representation> keep(Finds found) {
        known.forEach((name, old) -> budget.giveBack(old == found.files.get(name) ? 0 : old.inMemory()));
        known = found.files;
        links = found.visitor.links();
        files = known.entrySet().stream().collect(toUnmodifiableMap(Map.Entry::getKey, file -> file.getValue()
                .representation()));
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
        return new Known(now.lastModifiedTime(), now.size(), representation);
    }

    /** What changes while it is read may be half of one version and half of another. */
    private Representation inMemory(String type, Path file, BasicFileAttributes before) throws IOException {
        var bytes = read(file, before.size());
        var crc = new CRC32();
        crc.update(bytes);
        var tag = Representation.tag(crc.getValue(), bytes.length);
        var body = Body.InMemory.of(bytes);
        var after = attributes(file, bytes.length);
        return after.size() == bytes.length && after.lastModifiedTime().equals(before.lastModifiedTime())
                ? Representation.described(type, Representation.IDENTITY, tag, after, bytes.length, body)
                : Representation.unsettled(type, Representation.IDENTITY, bytes.length, body);
    }

    private BasicFileAttributes attributes(Path file, long taken) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException gone) {
            budget.giveBack(taken);
            throw gone;
        }
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
