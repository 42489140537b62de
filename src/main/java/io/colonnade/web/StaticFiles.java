package io.colonnade.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The static files of one site. May be used on any thread. */
final class StaticFiles {
    private record Field(CharSequence name, CharSequence value) {}

    private final String cacheControl;
    private final List<Field> fields;
    private final PathIndex index;

    /**
     * Makes the index.
     *
     * @param headers fields of all responses
     * @param files by their paths below the webroot
     */
    StaticFiles(String cacheControl, Map<String, String> headers, Map<String, Representation> files) {
        this.cacheControl = cacheControl;
        this.fields = headers.entrySet().stream()
                .map(field -> new Field(
                        HttpHeaders.createOptimized(field.getKey()), HttpHeaders.createOptimized(field.getValue())))
                .toList();
        this.index = new PathIndex(files);
    }

    /** Sets the field {@code Cache-Control}, if the site wants it. */
    void putCacheControl(HttpServerResponse response) {
        if (!cacheControl.isEmpty()) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl);
        }
    }

    /** Keeps caches from what may be half a file. */
    static void forbidStoring(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Sets the fields that the site wants all responses to have. */
    void putFields(HttpServerResponse response) {
        for (var i = 0; i < fields.size(); i++) {
            response.putHeader(fields.get(i).name(), fields.get(i).value());
        }
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
        return name == null ? null : index.find(name);
    }

    /** Makes these the files of the site, instead of all that were. Called by one thread at a time. */
    void replace(Map<String, Representation> now) {
        index.replace(now);
    }

    /** Puts files in the place of those of their names; empty for a file that is gone. Called by one thread at a time. */
    void change(Map<String, Optional<Representation>> changes) {
        index.change(changes);
    }
}
