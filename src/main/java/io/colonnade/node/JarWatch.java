package io.colonnade.node;

import io.colonnade.core.StatusSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a jar that the node was started with is no longer what it was. If the node's own jar is written over, it is lost for the
 * process: what it has not loaded yet is not found any more. A jar in whose place another file was moved does no harm, as the process
 * keeps the former one; nor does the jar of a site that is written over, as the site runs from a copy ({@link JarCopies}).
 */
final class JarWatch implements StatusSource {
    private static final Logger log = LoggerFactory.getLogger(JarWatch.class);

    /** @param key which file it is, on systems that tell that */
    private record State(@Nullable Object key, long size, FileTime modified) {
        static State of(Path jar) throws IOException {
            var now = Files.readAttributes(jar, BasicFileAttributes.class);
            return new State(now.fileKey(), now.size(), now.lastModifiedTime());
        }

        boolean isSameFile(State other) {
            return key != null && key.equals(other.key);
        }
    }

    private final Path own;
    private final Map<Path, State> watched = new HashMap<>();
    private final Map<Path, String> changed = new ConcurrentSkipListMap<>();

    /**
     * The jars as they are now; a path that is no file is not watched.
     *
     * @param own from which the node runs
     * @param copied those of sites
     */
    JarWatch(Path own, List<Path> copied) {
        this.own = own;
        Stream.concat(Stream.of(own), copied.stream())
                .filter(Files::isRegularFile)
                .forEach(jar -> {
                    try {
                        watched.put(jar, State.of(jar));
                    } catch (IOException unreadable) {
                        log.debug("{} is not watched", jar, unreadable);
                    }
                });
    }

    /** Looks at the jars that have not changed yet. To be called from time to time, by one thread at a time; blocks on the disk. */
    void look() {
        watched.entrySet().removeIf(jar -> isOther(jar.getKey(), jar.getValue()));
    }

    private boolean isOther(Path jar, State before) {
        try {
            var now = State.of(jar);
            if (now.equals(before)) {
                return false;
            }
            if (now.isSameFile(before) && jar.equals(own)) {
                overwritten(jar);
            } else if (now.isSameFile(before)) {
                replaced(jar, "it was written over");
            } else {
                replaced(jar, "another file is in its place");
            }
        } catch (IOException gone) {
            replaced(jar, "it is no longer there");
        }
        return true;
    }

    private void overwritten(Path jar) {
        changed.put(jar, "overwritten");
        log.error(
                "{} was written over while this node runs from it, so requests may fail: start this node again; give a new jar its"
                        + " place with mv, not with cp",
                jar);
    }

    private void replaced(Path jar, String how) {
        changed.put(jar, "replaced");
        log.info("{}: {}; this node goes on with the former one until it is started again", jar, how);
    }

    @Override
    public String name() {
        return "jars";
    }

    /** The jars that are no longer what this node was started with: {@code overwritten} or {@code replaced}. */
    @Override
    public JsonObject status() {
        var files = new JsonArray();
        changed.forEach((jar, how) ->
                files.add(new JsonObject().put("file", jar.toString()).put("is", how)));
        return new JsonObject().put("changed", files);
    }
}
