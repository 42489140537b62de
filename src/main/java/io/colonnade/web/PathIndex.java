package io.colonnade.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps each path of a site to what is there. Only paths in the map exist, so that no request can name a file outside of the
 * webroot, however the path is written. Read on any thread; changed by one thread at a time.
 */
final class PathIndex {
    private static final String INDEX = "index.html";
    private static final String WELL_KNOWN = ".well-known/";
    private static final String BROTLI = ".br";
    private static final String GZIP = ".gz";

    private final Map<String, Representation> files = new HashMap<>();
    private final Map<String, Resource> paths = new ConcurrentHashMap<>();

    /**
     * Makes the index of a site.
     *
     * @param files by their paths below the webroot, such as {@code css/site.css}
     */
    PathIndex(Map<String, Representation> files) {
        this.files.putAll(files);
        files.keySet().forEach(this::refresh);
    }

    /**
     * What is at the decoded path of a request, such as {@code /css/site.css}.
     *
     * @return null if nothing is
     */
    @Nullable
    Resource find(String path) {
        return paths.get(path);
    }

    /** Makes these the files of the site, instead of all that were. */
    void replace(Map<String, Representation> now) {
        List.copyOf(files.keySet()).stream()
                .filter(name -> !now.containsKey(name))
                .forEach(this::remove);
        now.forEach(this::put);
    }

    /** Puts files in the place of those of their names; empty for a file that is gone. */
    void change(Map<String, Optional<Representation>> changes) {
        changes.forEach((name, now) -> {
            if (now.isEmpty()) {
                remove(name);
            }
        });
        changes.forEach((name, now) -> now.ifPresent(file -> put(name, file)));
    }

    /** Whether no segment of the name is empty or starts with a dot. The top folder {@code .well-known} is public (RFC 8615). */
    static boolean isPublic(String name) {
        var path = "/" + (name.startsWith(WELL_KNOWN) ? name.substring(WELL_KNOWN.length()) : name);
        return !path.contains("/.") && !path.contains("//") && !path.endsWith("/");
    }

    /** Whether files in a directory of this name may be public. */
    static boolean mayHoldPublic(String directory) {
        return isPublic(directory + "/" + INDEX);
    }

    private void put(String name, Representation now) {
        if (!now.equals(files.put(name, now))) {
            changed(name);
        }
    }

    private void remove(String name) {
        if (files.remove(name) != null) {
            changed(name);
        }
    }

    /** A compressed form belongs to the file beside it, too. */
    private void changed(String name) {
        refresh(name);
        if (name.endsWith(BROTLI) || name.endsWith(GZIP)) {
            refresh(name.substring(0, name.length() - BROTLI.length()));
        }
    }

    private void refresh(String name) {
        if (!isPublic(name)) {
            return;
        }
        var plain = files.get(name);
        var file = plain == null ? null : new StaticFile(plain, compressed(name, plain.type()));
        set("/" + name, file);
        if (name.equals(INDEX) || name.endsWith("/" + INDEX)) {
            refreshDirectory(name.substring(0, name.length() - INDEX.length()), file);
        }
    }

    private void refreshDirectory(String directory, @Nullable StaticFile index) {
        set("/" + directory, index);
        if (!directory.isEmpty()) {
            set("/" + directory.substring(0, directory.length() - 1), index == null ? null : Redirect.TO_DIRECTORY);
        }
    }

    private void set(String path, @Nullable Resource now) {
        if (now == null) {
            paths.remove(path);
        } else {
            paths.put(path, now);
        }
    }

    private List<Representation> compressed(String name, String type) {
        return Stream.of(sibling(name, BROTLI, "br", type), sibling(name, GZIP, "gzip", type))
                .flatMap(List::stream)
                .toList();
    }

    private List<Representation> sibling(String name, String ending, String coding, String type) {
        var sibling = files.get(name + ending);
        return sibling == null ? List.of() : List.of(sibling.encoded(coding, type));
    }
}
