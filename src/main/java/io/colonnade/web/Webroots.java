package io.colonnade.web;

import io.colonnade.config.SiteConfig;
import io.colonnade.core.SiteId;
import io.colonnade.core.StatusSource;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The static files of all sites of the node. The lanes share it. */
public final class Webroots implements StatusSource, AutoCloseable {
    private final Vertx vertx;
    private final WebConfig config;
    private final Path folder;
    private final MemoryBudget budget;
    private final WebFigures figures = new WebFigures();
    private final Map<SiteId, StaticFiles> sites = new ConcurrentHashMap<>();
    private final List<DirectoryWatch> watches = new CopyOnWriteArrayList<>();
    private final List<DirectoryFiles> directories = new CopyOnWriteArrayList<>();

    /**
     * @param folder the node's folder for the large files of archives; created when it is needed
     */
    public Webroots(Vertx vertx, WebConfig config, Path folder) {
        this.vertx = vertx;
        this.config = config;
        this.folder = folder;
        this.budget = new MemoryBudget(config, Runtime.getRuntime().maxMemory());
    }

    /**
     * Loads the static files of a site: those of its {@code webroot} directory if it has that key, and else those of its archive,
     * which may be closed afterwards. Blocks.
     *
     * @throws IOException if they cannot be read; the message is one line for the user
     */
    public void add(SiteId site, SiteConfig siteConfig, SiteArchive archive) throws IOException {
        if (siteConfig.webroot().isEmpty()) {
            var files = new ArchiveFiles(folder.resolve(site.name()), budget).load(archive);
            sites.put(site, new StaticFiles(siteConfig.cacheControl(), siteConfig.headers(), files));
        } else {
            sites.put(site, watched(Path.of(siteConfig.webroot()), siteConfig));
        }
    }

    /**
     * Finds out whether the {@code webroot} directory of a site is there, if it has that key.
     *
     * @throws IOException if it is not; the message is one line for the user
     */
    public static void check(SiteConfig site) throws IOException {
        if (!site.webroot().isEmpty() && !Files.isDirectory(Path.of(site.webroot()))) {
            throw new IOException("webroot " + site.webroot() + " of site " + site.name()
                    + " is no directory; make it, or remove the key");
        }
    }

    /**
     * The exchanges that the tier has answered itself since the node started: with files, redirects, or why there is none. May be called
     * on any thread.
     */
    public long served() {
        return figures.exchanges();
    }

    /** Ends the scans of directories. The files that are known stay served. */
    @Override
    public void close() {
        watches.forEach(DirectoryWatch::close);
        directories.forEach(DirectoryFiles::close);
    }

    @Override
    public String name() {
        return "web";
    }

    @Override
    public JsonObject status() {
        return figures.toJson().put("inMemoryBytes", budget.used());
    }

    /** The files of a site; null if the node does not have the site. */
    @Nullable
    StaticFiles of(SiteId site) {
        return sites.get(site);
    }

    WebFigures figures() {
        return figures;
    }

    private StaticFiles watched(Path directory, SiteConfig site) throws IOException {
        check(site);
        var onDisk = new DirectoryFiles(directory, budget);
        var files = new StaticFiles(site.cacheControl(), site.headers(), onDisk.scan(told -> {}));
        watches.add(new DirectoryWatch(vertx, config.recheck(), onDisk.into(files)));
        directories.add(onDisk);
        return files;
    }
}
