package io.colonnade.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The static files of one site. May be used on any thread. */
final class StaticFiles {
    private final String cacheControl;
    private Map<String, Representation> files;
    private volatile Map<String, Resource> index;

    /**
     * Makes the index.
     *
     * @param files by their paths below the webroot
     */
    StaticFiles(String cacheControl, Map<String, Representation> files) {
        this.cacheControl = cacheControl;
        this.files = files;
        this.index = PathIndex.of(files);
    }

    /** The value of the field {@code Cache-Control}; empty to leave it out. */
    String cacheControl() {
        return cacheControl;
    }

    /**
     * Returns what is at a path. It is called for every request, also for those to the application, and costs one look-up.
     *
     * @param path the path of the request, still percent-encoded
     * @return null if there is no file
     */
    @Nullable
    Resource find(String path) {
        var name = path.indexOf('%') < 0 ? path : RequestPath.decode(path);
        return name == null ? null : index.get(name);
    }

    /** Replaces the files. Called by one thread at a time. */
    void replace(Map<String, Representation> now) {
        if (!now.equals(files)) {
            files = now;
            index = PathIndex.of(now);
        }
    }
}
