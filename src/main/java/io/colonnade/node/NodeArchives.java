package io.colonnade.node;

import io.colonnade.app.Databases;
import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.SiteHealth;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.SiteId;
import io.colonnade.node.settings.StartException;
import io.colonnade.store.SiteDatabase.Migrations;
import io.colonnade.store.Store;
import io.colonnade.store.pool.Transactions;
import io.colonnade.web.SiteArchive;
import io.colonnade.web.Webroots;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The archives of the node's sites while the node starts: their content, and what the tiers read from them. */
final class NodeArchives implements AutoCloseable {
    private record Open(SiteConfig site, SiteArchive archive) {
        SiteId id() {
            return new SiteId(site.name(), archive.content());
        }
    }

    private final List<Open> archives;

    private NodeArchives(List<Open> archives) {
        this.archives = archives;
    }

    /** The sites with the archives from which they run, in the order of the configuration. */
    List<SiteConfig> sites() {
        return archives.stream().map(Open::site).toList();
    }

    /** What identifies the content of each site's jar, by the site's name; without what is no copy of a jar. */
    Map<String, String> releases() {
        return sites().stream()
                .filter(JarCopies::isCopied)
                .collect(Collectors.toUnmodifiableMap(
                        SiteConfig::name,
                        site -> String.valueOf(Path.of(site.jar()).getFileName())));
    }

    /**
     * Opens the archives; blocks.
     *
     * @param sites with the archives from which they run
     * @throws StartException if an archive is missing or is not a site
     */
    static NodeArchives open(List<SiteConfig> sites) {
        var opened = new ArrayList<Open>();
        try {
            for (var site : sites) {
                opened.add(new Open(site, SiteArchive.open(site)));
            }
        } catch (IOException unreadable) {
            new NodeArchives(opened).close();
            throw new StartException(String.valueOf(unreadable.getMessage()), unreadable);
        }
        return new NodeArchives(opened);
    }

    /** Throws a {@link StartException} if a {@code webroot} directory is missing. */
    static void checkWebroots(List<SiteConfig> sites) {
        for (var site : sites) {
            try {
                Webroots.check(site);
            } catch (IOException missing) {
                throw new StartException(String.valueOf(missing.getMessage()), missing);
            }
        }
    }

    /**
     * The sites that the node announces.
     *
     * @param sites the sites of the archives, in the same order, as they are configured now
     * @param health how the site of a name fares
     */
    List<HostedSite> hosted(List<SiteConfig> sites, Function<String, SiteHealth> health) {
        var hosted = new ArrayList<HostedSite>();
        for (var i = 0; i < archives.size(); i++) {
            var site = sites.get(i);
            var fares = health.apply(site.name());
            hosted.add(new HostedSite(archives.get(i).id(), site.hosts(), site.isDefault(), fares));
        }
        return List.copyOf(hosted);
    }

    /** Adds the static files to the web tier. */
    void addTo(Webroots webroots) {
        for (var open : archives) {
            try {
                webroots.add(open.id(), open.site(), open.archive());
            } catch (IOException unreadable) {
                throw new StartException(String.valueOf(unreadable.getMessage()), unreadable);
            }
        }
    }

    /** The sites' databases in the store, with the migrations of their archives. */
    static Databases databases(List<SiteConfig> sites, Store store) {
        return (name, loader) -> {
            var site = sites.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            var database = store.database(name, migrations(site));
            return new Databases.SiteDatabase() {
                @Override
                public Future<Void> migrate() {
                    return database.migrate();
                }

                @Override
                public Pool pool() {
                    return database.pool();
                }

                @Override
                public Pool reader() {
                    return database.reader();
                }

                @Override
                public Transactions transactions() {
                    return database.transactions();
                }
            };
        };
    }

    private static Migrations migrations(SiteConfig site) {
        return site.bundled() ? new Migrations(ownArchive(), "foobar/") : new Migrations(Path.of(site.jar()), "");
    }

    /** The jar, or the directory of classes, that the node itself runs from. */
    static Path ownArchive() {
        try {
            return Path.of(NodeArchives.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException unusual) {
            throw new StartException("the node's own jar cannot be found: " + unusual.getMessage(), unusual);
        }
    }

    @Override
    public void close() {
        for (var open : archives) {
            try {
                open.archive().close();
            } catch (IOException unusual) {
                throw new StartException("a site's jar cannot be closed: " + unusual.getMessage(), unusual);
            }
        }
    }
}
