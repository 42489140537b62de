package io.colonnade.web;

import io.vertx.core.MultiMap;
import java.util.List;

/**
 * A file, and the compressed forms of it that are beside it.
 *
 * @param plain the file itself
 * @param compressed the {@code .br} and {@code .gz} siblings, the preferred one first
 */
record StaticFile(Representation plain, List<Representation> compressed) implements Resource {
    /** The form that suits a request with these fields best. */
    Representation acceptable(MultiMap fields) {
        return compressed.isEmpty() ? plain : AcceptEncoding.of(fields).choose(plain, compressed);
    }

    /** Whether the form depends on {@code Accept-Encoding}. */
    boolean varies() {
        return !compressed.isEmpty();
    }
}
