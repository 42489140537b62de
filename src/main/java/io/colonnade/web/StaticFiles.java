package io.colonnade.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The static files of one site, on any thread. */
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

    /** The field {@code Cache-Control}; empty for none. */
    String cacheControl() {
        return cacheControl;
    }

    /**
     * What is at a path. This is asked for every request, most of which are for the application: it costs one look-up.
     *
     * @param path as it is in the request, still percent-encoded
     * @return null if there is no file
     */
    @Nullable
    Resource find(String path) {
        var name = path.indexOf('%') < 0 ? path : RequestPath.decode(path);
        return name == null ? null : index.get(name);
    }

    /** Takes the files as they are now; called by one thread at a time. */
    void replace(Map<String, Representation> now) {
        if (!now.equals(files)) {
            files = now;
            index = PathIndex.of(now);
        }
    }
}
