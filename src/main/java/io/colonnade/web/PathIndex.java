package io.colonnade.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Maps each path of a site to what is there. Only paths in the map exist, so that no request can name a file outside of the
 * webroot, however the path is written.
 */
final class PathIndex {
    private static final String INDEX = "index.html";
    private static final String WELL_KNOWN = ".well-known/";

    private final Map<String, Representation> files;
    private final Map<String, Resource> paths = new HashMap<>();

    private PathIndex(Map<String, Representation> files) {
        this.files = files;
    }

    /**
     * Makes the index of a site.
     *
     * @param files by their paths below the webroot, such as {@code css/site.css}
     * @return the index, by the decoded path of a request, such as {@code /css/site.css}
     */
    static Map<String, Resource> of(Map<String, Representation> files) {
        var index = new PathIndex(files);
        files.forEach(index::add);
        return Map.copyOf(index.paths);
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

    private void add(String name, Representation plain) {
        if (!isPublic(name)) {
            return;
        }
        var file = new StaticFile(plain, compressed(name, plain.type()));
        paths.put("/" + name, file);
        if (name.equals(INDEX) || name.endsWith("/" + INDEX)) {
            addDirectory(name.substring(0, name.length() - INDEX.length()), file);
        }
    }

    private void addDirectory(String directory, StaticFile index) {
        paths.put("/" + directory, index);
        if (!directory.isEmpty()) {
            paths.put("/" + directory.substring(0, directory.length() - 1), Redirect.TO_DIRECTORY);
        }
    }

    private List<Representation> compressed(String name, String type) {
        return Stream.of(sibling(name, ".br", "br", type), sibling(name, ".gz", "gzip", type))
                .flatMap(List::stream)
                .toList();
    }

    private List<Representation> sibling(String name, String ending, String coding, String type) {
        var sibling = files.get(name + ending);
        return sibling == null ? List.of() : List.of(sibling.encoded(coding, type));
    }
}
