package io.colonnade.web;

import io.vertx.core.http.MimeMapping;
import java.util.Locale;
import java.util.Map;

/** The media type of a file, by the ending of its name. */
final class ContentTypes {
    /** Endings that Vert.x does not know, or for which it has an old media type. */
    private static final Map<String, String> NEWER = Map.of(
            "avif", "image/avif",
            "md", "text/markdown",
            "webmanifest", "application/manifest+json",
            "woff", "font/woff",
            "yaml", "application/yaml",
            "yml", "application/yaml");

    private ContentTypes() {}

    /** The type; {@code application/octet-stream} for an unknown ending. Text is assumed to be UTF-8. */
    static String of(String name) {
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var newer = NEWER.get(ending);
        var type = newer != null ? newer : MimeMapping.mimeTypeForExtension(ending);
        if (type == null) {
            return "application/octet-stream";
        }
        return type.startsWith("text/") ? type + "; charset=utf-8" : type;
    }
}
