package io.colonnade.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file, and the same content already compressed if that is beside it.
 *
 * @param plain the file itself
 * @param compressed {@code .br} and {@code .gz} siblings, the one to be preferred first
 */
record StaticFile(Representation plain, List<Representation> compressed) implements Resource {
    /** What suits a request best. */
    Representation acceptable(@Nullable String acceptEncoding) {
        return compressed.isEmpty()
                ? plain
                : AcceptEncoding.parse(acceptEncoding).choose(plain, compressed);
    }

    /** Whether what is sent depends on {@code Accept-Encoding}. */
    boolean varies() {
        return !compressed.isEmpty();
    }
}
