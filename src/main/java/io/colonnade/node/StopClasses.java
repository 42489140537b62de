package io.colonnade.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that are used for the first time about when a node is ready, in its first minute, or while it stops, loaded before it is
 * ready: so it can stop in order when its jar was written over meanwhile. The list was recorded with {@code -Xlog:class+load}, with and
 * without other members, and has besides what the tiers may need.
 */
final class StopClasses {
    private static final Logger log = LoggerFactory.getLogger(StopClasses.class);

    private StopClasses() {}

    static List<String> names() {
        try (var list = Objects.requireNonNull(StopClasses.class.getResourceAsStream("stop-classes.txt"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Takes some 200 ms, so the rest of the start goes on meanwhile; not to be called on an event loop. */
    static void load() {
        for (var name : names()) {
            try {
                Class.forName(name, false, StopClasses.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError missing) {
                log.debug("a class that a stop may need is missing", missing);
            }
        }
    }
}
