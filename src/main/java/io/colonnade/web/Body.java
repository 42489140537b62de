package io.colonnade.web;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;

/** Where the bytes of a file are. */
sealed interface Body {
    /** In memory, shared by all responses: never written to. */
    record InMemory(Buffer bytes) implements Body {}

    /**
     * In a file.
     *
     * @param mayChange whether the file is in a {@code webroot} directory, whose owner changes it at any time; else it is the
     *     node's own
     */
    record OnDisk(Path path, boolean mayChange) implements Body {}
}
