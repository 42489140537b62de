package io.colonnade.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file, and the compressed forms of it that are beside it.
 *
 * @param plain the file itself
 * @param compressed the {@code .br} and {@code .gz} siblings, the preferred one first
 */
record StaticFile(Representation plain, List<Representation> compressed) implements Resource {
    /** The form that suits a request best. */
    Representation acceptable(@Nullable String acceptEncoding) {
        return compressed.isEmpty()
                ? plain
                : AcceptEncoding.parse(acceptEncoding).choose(plain, compressed);
    }

    /** Whether the form depends on {@code Accept-Encoding}. */
    boolean varies() {
        return !compressed.isEmpty();
    }
}
