package io.colonnade.app.code;

import io.colonnade.core.SiteLogging;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of one site: those of the Java platform, those that it shares with the node ({@link NodeLibraries}), and
 * those of its own archive and its libraries. The site sees no other class of the node, so that it may bring any version of any library.
 */
public final class SiteClassLoader extends URLClassLoader {
    private static final Logger log = LoggerFactory.getLogger(SiteClassLoader.class);

    private static final String DRIVERS = "META-INF/services/" + Driver.class.getName();

    static {
        registerAsParallelCapable();
    }

    private final List<Path> classPath;
    private final ClassLoader node;
    private @Nullable Runnable driverRelease;

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

    /**
     * Makes the site's JDBC drivers known to {@link java.sql.DriverManager}, which looks for drivers only once and only in the node, until the
     * loader is closed. Runs code of the drivers.
     */
    public void registerDrivers() {
        if (findResource(DRIVERS) == null) {
            return;
        }
        driverRelease = newDriverRelease();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            for (var driver : ServiceLoader.load(Driver.class, this)) {
                log.debug("{}: JDBC driver {}", getName(), driver.getClass().getName());
            }
        } catch (ServiceConfigurationError | LinkageError broken) {
            log.warn("{}: a JDBC driver of its jar cannot be loaded", getName(), broken);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The content of a file of the site's own archive; null if it has none of that name. */
    public @Nullable InputStream openOwn(String name) {
        var file = findResource(name);
        try {
            return file == null ? null : uncached(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(getName() + ": " + name + " cannot be read", unreadable);
        }
    }

    /** Lets the site's JDBC drivers go, and closes its archive and libraries. */
    @Override
    public void close() {
        if (driverRelease != null) {
            driverRelease.run();
        }
        try {
            super.close();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(getName() + ": its jar cannot be closed", unreadable);
        }
    }

    private Runnable newDriverRelease() {
        var name = DriverRelease.class.getName();
        try (var content = node.getResourceAsStream(name.replace('.', '/') + ".class")) {
            var bytes = Objects.requireNonNull(content).readAllBytes();
            return (Runnable)
                    defineClass(name, bytes, 0, bytes.length).getConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Java would keep the archive open for the next reader, as long as the process runs. */
    private static InputStream uncached(URL file) throws IOException {
        var connection = file.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
