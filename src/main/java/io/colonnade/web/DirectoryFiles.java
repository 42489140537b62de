package io.colonnade.web;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the static files of a {@code webroot} directory, and what has changed at each later look. Blocks. Used by one thread at a time.
 */
final class DirectoryFiles implements AutoCloseable {
    /** How often a scan asks what is told. */
    private static final Duration TOLD_EVERY = Duration.ofMillis(100);

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

    /** What one look finds. */
    private final class Finds implements DirectoryVisitor.Found {
        private final NavigableMap<String, Known> files = new TreeMap<>();
        private final DirectoryVisitor visitor = new DirectoryVisitor(root, this);
        private final Consumer<Finds> meanwhile;

        /**
         * @param meanwhile called before each file
         */
        Finds(Consumer<Finds> meanwhile) {
            this.meanwhile = meanwhile;
        }

        void walk(Path path) throws IOException {
            try {
                Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
            } catch (IOException unreadable) {
                root = Path.of(""); // what was told is lost, so that the next look is a scan
                files.forEach((name, file) -> giveBackUnless(known.get(name), file));
                throw unreadable;
            }
        }

        /** Finds what is at these paths and below them; returns their names. */
        Set<String> walk(Set<Path> paths) throws IOException {
            var names = paths.stream()
                    .map(visitor::name)
                    .filter(PathIndex::mayHoldPublic)
                    .collect(toUnmodifiableSet());
            for (var path : paths) {
                var name = visitor.name(path);
                if (names.contains(name) && !isBelow(names, name)) {
                    walk(path);
                }
            }
            return names;
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
            meanwhile.accept(this);
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
    private final NavigableMap<String, Known> known = new TreeMap<>();
    private Path root = Path.of("");
    private @Nullable Object identity;
    private Set<Path> links = Set.of();
    private Set<Path> unsettled = new HashSet<>();
    private long toldAt;
    private boolean missed;

    DirectoryFiles(Path directory, MemoryBudget budget) {
        this.directory = directory;
        this.budget = budget;
    }

    /**
     * Scans the directory and reads the files that have changed.
     *
     * @param meanwhile receives what is told to have changed during the scan, as {@link #changed} returns it
     * @return all files
     * @throws IOException if the directory does not exist or cannot be read
     */
    Map<String, Representation> scan(Consumer<Map<String, Optional<Representation>>> meanwhile) throws IOException {
        root = directory.toRealPath();
        identity = identity(root);
        unsettled = new HashSet<>();
        missed = false;
        notices.scanBegins();
        var found = new Finds(scan -> lookMeanwhile(scan, meanwhile));
        found.walk(root);
        notices.scanEnds();
        links = found.visitor.links();
        known.forEach((name, old) -> giveBackUnless(found.files.get(name), old));
        known.clear();
        known.putAll(found.files);
        return known.entrySet().stream().collect(toUnmodifiableMap(Map.Entry::getKey, file -> file.getValue()
                .representation()));
    }

    /**
     * Looks at what the system tells to have changed, at files that had just been written at the last look, and behind links, for which the
     * system tells nothing. It costs as much as there are of these, however many files there are.
     *
     * @return the files that have changed, an empty one for each that is gone; empty if only a scan can find out what has changed
     * @throws IOException if the directory does not exist or cannot be read
     */
    Optional<Map<String, Optional<Representation>>> changed() throws IOException {
        var now = directory.toRealPath();
        var told = notices.changed();
        if (told.isEmpty() || missed || !now.equals(root) || !Objects.equals(identity(now), identity)) {
            return Optional.empty();
        }
        var again = new HashSet<>(told.get());
        again.addAll(links);
        again.addAll(unsettled);
        unsettled = new HashSet<>();
        var found = new Finds(each -> {});
        var names = found.walk(again);
        links = found.visitor.links();
        return Optional.of(change(names, found));
    }

    /** Looks at what is told while a scan runs, which may take seconds. The scan goes on with what is found. */
    private void lookMeanwhile(Finds scan, Consumer<Map<String, Optional<Representation>>> meanwhile) {
        if (System.nanoTime() - toldAt < TOLD_EVERY.toNanos()) {
            return;
        }
        toldAt = System.nanoTime();
        var told = notices.changed();
        missed |= notices.tell() && told.isEmpty();
        var again = told.orElse(Set.of());
        if (!again.isEmpty()) {
            var found = new Finds(each -> {});
            Set<String> names;
            try {
                names = found.walk(again);
            } catch (IOException gone) {
                return; // and the next look is a scan
            }
            scan.visitor.links().addAll(found.visitor.links());
            for (var name : names) {
                at(name, scan.files).forEach((each, file) -> {
                    giveBackUnless(known.get(each), file);
                    scan.files.remove(each);
                });
            }
            meanwhile.accept(change(names, found));
            scan.files.putAll(found.files);
        }
    }

    /** Makes what was found known instead of what was at these names and below them. Returns what that changes. */
    private Map<String, Optional<Representation>> change(Set<String> names, Finds found) {
        var before = new HashMap<String, Known>();
        names.forEach(name -> before.putAll(at(name, known)));
        known.keySet().removeAll(before.keySet());
        known.putAll(found.files);
        var changes = new HashMap<String, Optional<Representation>>();
        before.forEach((name, old) -> {
            giveBackUnless(found.files.get(name), old);
            changes.put(name, Optional.empty());
        });
        found.files.forEach((name, file) -> {
            if (isSame(before.get(name), file)) {
                changes.remove(name);
            } else {
                changes.put(name, Optional.of(file.representation()));
            }
        });
        return changes;
    }

    private static Map<String, Known> at(String name, NavigableMap<String, Known> files) {
        var at = new HashMap<>(
                files.subMap(name + "/", name + "0")); // what is below; 0 is the character after the slash
        var file = files.get(name);
        if (file != null) {
            at.put(name, file);
        }
        return at;
    }

    /** Looks at the directory and gives what it finds to the site. */
    DirectoryWatch.Look into(StaticFiles site) {
        return new DirectoryWatch.Look() {
            @Override
            public void all() throws IOException {
                site.replace(scan(site::change));
            }

            @Override
            public boolean changes() throws IOException {
                var now = changed();
                now.ifPresent(site::change);
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

    private void giveBackUnless(@Nullable Known now, Known old) {
        if (!isSame(now, old)) {
            budget.giveBack(old.inMemory());
        }
    }

    @SuppressWarnings("ReferenceEquality") // what was read again takes memory of its own, although it may be the same
    private static boolean isSame(@Nullable Known now, Known old) {
        return now == old;
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
