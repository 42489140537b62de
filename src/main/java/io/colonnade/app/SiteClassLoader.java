package io.colonnade.app;

import io.colonnade.core.SiteLogging;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one site: those of the Java platform, those that it shares with the node ({@link #SHARED}), and
 * those of its own jar. The site sees no other class of the node, so that it may bring any version of any library.
 */
final class SiteClassLoader extends URLClassLoader {
    /** Packages of objects that a site and the node pass to each other. Netty is one of them, as Vert.x wraps Netty's buffers. */
    private static final List<String> SHARED = List.of("io.colonnade.site.", "io.vertx.", "io.netty.", "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader node;

    SiteClassLoader(String site, Path jar, ClassLoader node) {
        super(SiteLogging.LOADER + site, new URL[] {url(jar)}, ClassLoader.getPlatformClassLoader());
        this.node = node;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            try {
                return node.loadClass(name);
            } catch (ClassNotFoundException notOfTheNode) {
                return super.loadClass(name, resolve); // a module of Vert.x that only this site has
            }
        }
        return super.loadClass(name, resolve);
    }

    /** Whether the class loader of this name loads the classes of a site. */
    static boolean isSites(@Nullable String loaderName) {
        return loaderName != null && loaderName.startsWith(SiteLogging.LOADER);
    }

    /** The content of a file of the site's own archive; null if it has none of that name. */
    @Nullable
    InputStream openOwn(String name) {
        var file = findResource(name);
        try {
            return file == null ? null : file.openStream();
        } catch (IOException unreadable) {
            throw new SiteException(getName() + ": " + name + " cannot be read", unreadable);
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException unreadable) {
            throw new SiteException(getName() + ": its jar cannot be closed", unreadable);
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
