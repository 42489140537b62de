package io.colonnade.app;

import io.colonnade.app.code.SiteClassLoader;
import io.colonnade.app.code.SiteFiles;
import io.colonnade.config.ConfigReferences;
import io.colonnade.config.LogLevels;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.SiteLogging;
import io.colonnade.site.Site;
import io.vertx.core.Deployable;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of all sites of a node, each in its own class loader. */
public final class Sites implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sites.class);

    private static final String MAIN_VERTICLE = "Main-Verticle";

    /** How long an application may take from the start of its main verticle until it listens. */
    private static final Duration LISTEN_LIMIT = Duration.ofSeconds(10);

    private static final ConfigReferences REFERENCES = new ConfigReferences(System::getenv);

    private final List<SiteCode> sites;

    /** What is to be known of starts beyond the life of the node. Any thread may call. */
    public interface Starts {
        /** Why the site must not be started on a lane, or tried; empty if it may. */
        Optional<Throwable> refusal(String site);

        /** Is told that the site's code is now started, after its migrations have run. */
        void begun(String site);

        /** Is told that a start of the site has come to an end, good or bad. */
        void ended(String site);
    }

    Sites(List<SiteCode> sites) {
        this.sites = sites;
    }

    /**
     * Loads the classes of the sites. Blocks while it reads the jars.
     *
     * @throws SiteException if a jar is missing, is no archive, or does not have exactly one {@link Site}, or if a site's
     *     configuration names a variable or a file that is not there
     * @param libraries the node's folder for the libraries that jars have in them; created when it is needed
     */
    public static Sites load(List<SiteConfig> configs, Databases databases, Path libraries, Starts starts) {
        var loaded = new ArrayList<SiteCode>();
        try {
            configs.forEach(config -> loaded.add(load(config, databases, libraries, starts)));
        } catch (SiteException noSite) {
            loaded.forEach(SiteCode::close);
            throw noSite;
        }
        return new Sites(List.copyOf(loaded));
    }

    /**
     * Loads the classes of the sites to find out whether they can be loaded, and lets them go. Runs no code of a site. Blocks.
     *
     * @throws SiteException as {@link #load} does
     */
    public static void check(List<SiteConfig> configs, Path libraries) {
        for (var config : configs) {
            var loader = loader(config, libraries);
            try {
                var unused = settings(config);
                var unusedToo = program(config, loader);
            } finally {
                close(loader);
            }
        }
    }

    List<SiteCode> all() {
        return sites;
    }

    /** Closes the jars. Call this when no lane runs a site any more. */
    @Override
    public void close() {
        sites.forEach(SiteCode::close);
    }

    private static SiteCode load(SiteConfig config, Databases databases, Path libraries, Starts starts) {
        var loader = loader(config, libraries);
        try {
            SiteLogging.setLevels(config.name(), levels(config, loader));
            if (loader instanceof SiteClassLoader own) {
                warnOfCopies(config, own);
                own.registerDrivers();
            }
            return new SiteCode(config.name(), settings(config), loader, program(config, loader), databases, starts);
        } catch (SiteException noSite) {
            close(loader);
            throw noSite;
        }
    }

    private static Map<String, System.Logger.Level> levels(SiteConfig config, ClassLoader loader) {
        return loader instanceof SiteClassLoader own ? LogLevels.of(config.name(), own::openOwn) : Map.of();
    }

    private static JsonObject settings(SiteConfig config) {
        try {
            return new JsonObject(REFERENCES.resolve(config.config()));
        } catch (IllegalArgumentException missing) {
            throw new SiteException("site " + config.name() + ": " + missing.getMessage(), missing);
        }
    }

    private static void close(ClassLoader loader) {
        if (loader instanceof SiteClassLoader own) {
            own.close();
        }
    }

    /**
     * The bundled site is part of the node's own jar, so that the node's own class loader loads it; its loader has only a name, by which
     * the log knows for which site a thread works.
     */
    private static ClassLoader loader(SiteConfig config, Path libraries) {
        var node = Sites.class.getClassLoader();
        return config.bundled()
                ? new SecureClassLoader(SiteLogging.LOADER + config.name(), node) {}
                : new SiteClassLoader(config.name(), classPath(config, libraries), node);
    }

    private static List<Path> classPath(SiteConfig config, Path libraries) {
        var archive = Path.of(config.jar());
        if (!Files.exists(archive)) {
            throw new SiteException(where(config) + ": there is no such file; name the site's jar");
        }
        try {
            return SiteFiles.classPath(archive, libraries.resolve(config.name()));
        } catch (ZipException notAZip) {
            throw new SiteException(where(config) + ": not a jar (" + notAZip.getMessage() + ")", notAZip);
        } catch (IOException unreadable) {
            throw new SiteException(where(config) + ": it cannot be read (" + unreadable + ")", unreadable);
        }
    }

    private static void warnOfCopies(SiteConfig config, SiteClassLoader loader) {
        try {
            var copies = loader.copiesOfTheNodes();
            if (!copies.isEmpty()) {
                log.warn(
                        "site {}: its jar has copies of {} that are not used, because these libraries come from the node; "
                                + "leave them out of the jar (Maven: scope provided)",
                        config.name(),
                        String.join(", ", copies));
            }
        } catch (IOException unreadable) {
            throw new SiteException(where(config) + ": it cannot be read (" + unreadable + ")", unreadable);
        }
    }

    private static SiteProgram program(SiteConfig config, ClassLoader loader) {
        if (!config.mainVerticle().isEmpty()) {
            return application(config, config.mainVerticle(), loader);
        }
        var found = providers(config, loader);
        if (found.isEmpty()) {
            return application(config, mainVerticleOf(config, loader), loader);
        }
        if (found.size() > 1) {
            throw new SiteException(where(config) + ": several sites in it ("
                    + found.stream().map(provider -> provider.type().getName()).collect(Collectors.joining(", "))
                    + "); leave one");
        }
        return new SiteProgram.OfSite(found.get(0));
    }

    private static String mainVerticleOf(SiteConfig config, ClassLoader loader) {
        try (var manifest = loader.getResourceAsStream("META-INF/MANIFEST.MF")) {
            var main = manifest == null
                    ? null
                    : new Manifest(manifest).getMainAttributes().getValue(MAIN_VERTICLE);
            if (main != null) {
                return main.strip();
            }
        } catch (IOException unreadable) {
            throw new SiteException(
                    where(config) + ": its manifest cannot be read: " + unreadable.getMessage(), unreadable);
        }
        throw new SiteException(where(config) + ": no site in it; add META-INF/services/" + Site.class.getName()
                + " with the name of the class that implements it, or, for a whole Vert.x application, " + MAIN_VERTICLE
                + " to its manifest or main-verticle to the site's settings");
    }

    private static SiteProgram application(SiteConfig config, String main, ClassLoader loader) {
        try {
            var type = Class.forName(main, false, loader);
            if (!Deployable.class.isAssignableFrom(type)) {
                throw new SiteException(where(config) + ": the main verticle " + main + " is no verticle of Vert.x");
            }
            return new SiteProgram.OfVerticle(type.asSubclass(Deployable.class), config.port(), LISTEN_LIMIT);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new SiteException(
                    where(config) + ": its main verticle " + main + " cannot be loaded (" + missing + ")", missing);
        }
    }

    private static List<ServiceLoader.Provider<Site>> providers(SiteConfig config, ClassLoader loader) {
        try {
            return ServiceLoader.load(Site.class, loader).stream().toList();
        } catch (ServiceConfigurationError | LinkageError notASite) {
            throw new SiteException(
                    where(config) + ": its site cannot be loaded (" + notASite.getMessage() + ")", notASite);
        }
    }

    private static String where(SiteConfig config) {
        return "site " + config.name() + ", jar " + config.jar();
    }
}
