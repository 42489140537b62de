package io.colonnade.app.code;

import io.colonnade.core.SiteLogging;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one site: those of the Java platform, those that it shares with the node ({@link NodeLibraries}), and
 * those of its own archive and its libraries. The site sees no other class of the node, so that it may bring any version of any library.
 */
public final class SiteClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<Path> classPath;
    private final ClassLoader node;

    /** @param classPath the site's archive and its libraries, as {@link SiteFiles} finds them */
    public SiteClassLoader(String site, List<Path> classPath, ClassLoader node) {
        super(
                SiteLogging.LOADER + site,
                classPath.stream().map(SiteClassLoader::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
        this.classPath = classPath;
        this.node = node;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (NodeLibraries.provide(name)) {
            try {
                return node.loadClass(name);
            } catch (ClassNotFoundException notOfTheNode) {
                return super.loadClass(name, resolve); // a module of Vert.x that only this site has
            }
        }
        return super.loadClass(name, resolve);
    }

    /** Whether the class loader of this name loads the classes of a site. */
    public static boolean isSites(@Nullable String loaderName) {
        return loaderName != null && loaderName.startsWith(SiteLogging.LOADER);
    }

    /** The names of the libraries of which the site has copies that it does not use; see {@link NodeLibraries}. Blocks. */
    public List<String> copiesOfTheNodes() throws IOException {
        return NodeLibraries.copiesIn(classPath, node);
    }

    /** The content of a file of the site's own archive; null if it has none of that name. */
    public @Nullable InputStream openOwn(String name) {
        var file = findResource(name);
        try {
            return file == null ? null : file.openStream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(getName() + ": " + name + " cannot be read", unreadable);
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(getName() + ": its jar cannot be closed", unreadable);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
