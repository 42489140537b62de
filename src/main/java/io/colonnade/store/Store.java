package io.colonnade.store;

import io.colonnade.cluster.SharedMap;
import io.colonnade.core.Clock;
import io.colonnade.core.StatusSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The database of the node. It may go away and come back at any time; nothing here fails for good because of that.
 *
 * <p>Any thread may call.
 */
public final class Store implements StatusSource {
    private static final String EMBEDDED_PARENT = "site";
    private static final long CLOSE_MS = 1_000;

    private final Vertx vertx;
    private final StoreConfig config;
    private final ServerSource source;
    private final String parentSchema;
    private final Pools pools;
    private final Monitor monitor;
    private final Map<String, SiteDatabase> sites = new ConcurrentSkipListMap<>();

    private Store(Vertx vertx, StoreConfig config, ServerSource source, String parentSchema) {
        this.vertx = vertx;
        this.config = config;
        this.source = source;
        this.parentSchema = parentSchema;
        this.pools = new Pools(vertx, config, source);
        this.monitor = new Monitor(vertx, source, pools);
    }

    /**
     * Opens the store; it does nothing yet.
     *
     * @param registry the cluster's map {@code colonnade.database}, without expiry: where the embedded server is recorded
     */
    public static Store open(Vertx vertx, StoreConfig config, Database database, SharedMap registry, Clock clock) {
        if (database instanceof Database.External external) {
            return new Store(
                    vertx, config, new ExternalServer(external), external.url().schema());
        }
        var embedded = (Database.Embedded) database;
        return new Store(
                vertx,
                config,
                source(vertx, config, embedded, new SharedRegistry(registry, embedded.node()), clock),
                EMBEDDED_PARENT);
    }

    private static ServerSource source(
            Vertx vertx, StoreConfig config, Database.Embedded database, Registry registry, Clock clock) {
        return database.hosts()
                ? new EmbeddedServer(() -> Supervision.open(database, config.bufferPool(), registry, clock))
                : new RecordedServer(vertx, registry);
    }

    /**
     * Starts the server if that is for this node to do, and keeps asking the database from then on. Completes with the first good
     * answer, and after {@link StoreConfig#startTimeLimit()} without one. Fails only with {@link StoreException}: the cluster has
     * its database elsewhere, and this node is told to have it too.
     */
    public Future<Void> start() {
        return Future.all(source.start(), monitor.start())
                .<Void>mapEmpty()
                .timeout(config.startTimeLimit().toMillis(), TimeUnit.MILLISECONDS)
                .recover(Store::onlyRefusal);
    }

    private static Future<Void> onlyRefusal(Throwable cause) {
        return cause instanceof StoreException ? Future.failedFuture(cause) : Future.succeededFuture();
    }

    /**
     * The database of a site; the same one for the same name.
     *
     * @param site the site's name, lower-case letters, digits and dashes
     */
    public SiteDatabase database(String site, SiteDatabase.Migrations migrations) {
        return sites.computeIfAbsent(
                site, name -> new SiteDatabase(vertx, pools, new Schema(parentSchema, name), migrations));
    }

    /** Whether the database answered when it was asked last, some 500 ms ago. */
    public boolean available() {
        return monitor.health().available();
    }

    /** Calls the listener whenever {@link #available()} changes, with its new value, on an event loop. */
    public void onChange(Consumer<Boolean> listener) {
        monitor.onChange(listener);
    }

    /**
     * Closes the pools and leaves the database in order: the last node that uses an embedded one stops it, which may take some
     * seconds.
     */
    public Future<Void> stop() {
        return closePools()
                .eventually(() -> vertx.executeBlocking(
                        () -> {
                            source.stop();
                            return null;
                        },
                        false));
    }

    /** Leaves everything as the death of the process would: an embedded server goes on, and the next start adopts it. */
    public Future<Void> halt() {
        return closePools()
                .eventually(() -> vertx.executeBlocking(
                        () -> {
                            source.halt();
                            return null;
                        },
                        false));
    }

    /** A server that stands still does not keep the node from stopping. */
    private Future<Void> closePools() {
        var closing =
                Future.join(sites.values().stream().map(SiteDatabase::close).toList());
        return Future.join(List.of(closing, monitor.stop()))
                .<Void>mapEmpty()
                .timeout(CLOSE_MS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public JsonObject status() {
        var health = monitor.health();
        var perSite = new JsonObject();
        sites.forEach((site, database) -> perSite.put(site, database.status()));
        return new JsonObject()
                .put("kind", source.kind())
                .put("state", health.available() ? "available" : "away")
                .put(
                        "address",
                        source.server()
                                .map(server -> server.address().toString())
                                .orElse(""))
                .put("version", health.version())
                .put("problem", health.problem())
                .put("sites", perSite);
    }
}
