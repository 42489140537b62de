package io.colonnade.app.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The libraries of which sites use the classes of the node, because a site and the node pass objects of them to each other, or because the
 * node reads the annotations on a site's classes. A class of their packages that the node does not have may come from the site.
 */
final class NodeLibraries {
    /** By the beginning of the names of their classes. Netty is one of them, as Vert.x wraps Netty's buffers. */
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("com.fasterxml.jackson.annotation.", "Jackson");
        NAMES.put("com.fasterxml.jackson.core.", "Jackson");
        NAMES.put("com.fasterxml.jackson.databind.", "Jackson");
        NAMES.put("io.colonnade.site.", "Colonnade");
        NAMES.put("io.netty.", "Netty");
        NAMES.put("io.vertx.", "Vert.x");
        NAMES.put("org.slf4j.", "SLF4J");
    }

    private static final String CLASS = ".class";

    private NodeLibraries() {}

    /**
     * The names of the libraries of which a site has classes that the node has too, and that the site does not use therefore. Blocks while
     * it reads the lists of files.
     *
     * @param classPath of the site
     */
    static List<String> copiesIn(List<Path> classPath, ClassLoader node) throws IOException {
        var classes = new ArrayList<String>();
        for (var part : classPath) {
            SiteFiles.names(part).stream().filter(name -> name.endsWith(CLASS)).forEach(classes::add);
        }
        return copies(classes, node);
    }

    /** Whether the class of this name is one of those that the node has for all sites, if it has it. */
    static boolean provide(String className) {
        for (var prefix : NAMES.keySet()) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> copies(List<String> classes, ClassLoader node) {
        var copied = new ArrayList<String>();
        NAMES.forEach((prefix, name) -> {
            var folder = prefix.replace('.', '/');
            if (!copied.contains(name)
                    && classes.stream().anyMatch(each -> each.startsWith(folder) && node.getResource(each) != null)) {
                copied.add(name);
            }
        });
        return copied;
    }
}
