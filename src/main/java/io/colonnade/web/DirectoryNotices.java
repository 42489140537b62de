package io.colonnade.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operating system tells of changes in directories: inotify of Linux. It tells nothing of network file systems, and nothing if the
 * user has as many watches as the system allows, so that it only shortens the wait for the next scan. Used by one thread at a time, but for
 * {@link #close}.
 */
final class DirectoryNotices implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryNotices.class);

    private static final WatchEvent.Kind<?>[] CHANGES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private record Watched(Path directory, WatchKey key) {}

    private volatile @Nullable WatchService service;

    /** By the identity of the directory, which stays when it is renamed. */
    private final Map<Object, Watched> watched = new HashMap<>();

    private final Set<Object> seen = new HashSet<>();

    DirectoryNotices() {
        service = open();
    }

    private static @Nullable WatchService open() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null; // elsewhere Java's own scans would come on top of ours
        }
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException tooMany) {
            log.info("changes of webroot directories are found by scans only: {}", tooMany.getMessage());
            return null;
        }
    }

    /** Whether changes of all directories that are watched are told. */
    boolean tell() {
        return service != null;
    }

    /** A scan begins: directories that it does not come to are watched no more. */
    void scanBegins() {
        seen.clear();
    }

    void scanEnds() {
        watched.entrySet().removeIf(each -> {
            var gone = !seen.contains(each.getKey());
            if (gone) {
                each.getValue().key().cancel();
            }
            return gone;
        });
    }

    /**
     * Tells of changes in a directory from now on.
     *
     * @param identity of the directory; null if the file system has none
     */
    void watch(Path directory, @Nullable Object identity) {
        var open = service;
        if (open == null || identity == null) {
            return;
        }
        seen.add(identity);
        var known = watched.get(identity);
        if (known != null && known.key().isValid() && known.directory().equals(directory)) {
            return;
        }
        if (known != null) {
            known.key().cancel(); // or the system would go on to tell its former path
        }
        try {
            watched.put(identity, new Watched(directory, directory.register(open, CHANGES)));
        } catch (IOException refused) {
            giveUp(directory, refused);
        }
    }

    private void giveUp(Path directory, IOException refused) {
        log.info(
                "changes of webroot directories are found by scans only, as {} cannot be watched: {}",
                directory,
                refused.getMessage());
        close();
    }

    /** The paths that were changed, made or removed since the last call. Empty if that is not known. */
    Optional<Set<Path>> changed() {
        var open = service;
        if (open == null) {
            return Optional.empty();
        }
        var paths = new HashSet<Path>();
        var known = true;
        for (var key = open.poll(); key != null; key = open.poll()) {
            for (var event : key.pollEvents()) {
                if (event.context() instanceof Path name) {
                    paths.add(((Path) key.watchable()).resolve(name));
                } else {
                    known = false;
                }
            }
            key.reset();
        }
        return known ? Optional.of(paths) : Optional.empty();
    }

    @Override
    public void close() {
        var open = service;
        service = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException unusual) {
                throw new UncheckedIOException(unusual);
            }
        }
    }
}
