package io.colonnade.store;

import io.colonnade.cluster.SharedMap;
import io.colonnade.core.Clock;
import io.colonnade.core.StatusSource;
import io.colonnade.store.galera.GaleraSupervision;
import io.colonnade.store.galera.MemberRegistry;
import io.colonnade.store.migration.Schema;
import io.colonnade.store.pool.Pools;
import io.colonnade.store.pool.SitePools;
import io.colonnade.store.pool.StoreFigures;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.ExternalServers;
import io.colonnade.store.server.ServerSource;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.StoreException;
import io.colonnade.store.supervision.EmbeddedRegistry;
import io.colonnade.store.supervision.RecordedServers;
import io.colonnade.store.supervision.SupervisedServer;
import io.colonnade.store.supervision.Supervision;
import io.colonnade.store.topology.Monitor;
import io.colonnade.store.topology.ProbeResult;
import io.colonnade.store.topology.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The node's access to its database. The database may go away and come back at any time; no failure here is final because of that.
 *
 * <p>Any thread may call.
 */
public final class Store implements StatusSource {
    private static final Duration EMBEDDED_PACE = Duration.ofMillis(200);
    private static final String GALERA = "galera";
    private static final Duration GALERA_PACE = Duration.ofMillis(500);
    private static final long CLOSE_MS = 1_000;

    private final Vertx vertx;
    private final StoreConfig config;
    private final ServerSource source;
    private final String parentSchema;
    private final Pools pools;
    private final Clock clock;
    private final StoreFigures figures = new StoreFigures();
    private final Monitor monitor;
    private final Map<String, SiteDatabase> sites = new ConcurrentSkipListMap<>();

    private Store(Vertx vertx, StoreConfig config, ServerSource source, String parentSchema, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.source = source;
        this.parentSchema = parentSchema;
        this.clock = clock;
        this.pools = new Pools(vertx, config, clock);
        this.monitor = new Monitor(vertx, source, pools::single, clock);
        monitor.onChange(now -> sites.values().forEach(site -> site.follow(now)));
    }

    /**
     * Makes the store, which does nothing before {@link #start()}.
     *
     * @param registry the cluster's map {@code colonnade.database}, without expiry, in which the servers that the nodes run are recorded
     */
    public static Store open(Vertx vertx, StoreConfig config, Database database, SharedMap registry, Clock clock) {
        if (database instanceof Database.External external) {
            return new Store(
                    vertx,
                    config,
                    ExternalServers.of(external),
                    external.config().schema(),
                    clock);
        }
        if (database instanceof Database.Galera galera) {
            return new Store(
                    vertx,
                    config,
                    source(vertx, config, galera, new MemberRegistry(registry), clock),
                    Schema.ON_OWN_SERVERS,
                    clock);
        }
        var embedded = (Database.Embedded) database;
        var source = source(vertx, config, embedded, new EmbeddedRegistry(registry, embedded.node()), clock);
        return new Store(vertx, config, source, Schema.ON_OWN_SERVERS, clock);
    }

    private static ServerSource source(
            Vertx vertx, StoreConfig config, Database.Embedded database, EmbeddedRegistry registry, Clock clock) {
        return database.hosts()
                ? new SupervisedServer(
                        ServerSource.EMBEDDED,
                        EMBEDDED_PACE,
                        admitted -> Supervision.open(database, config.bufferPool(), registry, clock, admitted))
                : new RecordedServers(vertx, ServerSource.EMBEDDED, "", () -> registry.recorded()
                        .map(server -> server.map(List::of)));
    }

    private static ServerSource source(
            Vertx vertx, StoreConfig config, Database.Galera database, MemberRegistry registry, Clock clock) {
        return database.hosts()
                ? new SupervisedServer(
                        GALERA,
                        GALERA_PACE,
                        admitted -> GaleraSupervision.open(database, config, registry, clock, admitted))
                : new RecordedServers(
                        vertx, GALERA, "no node with the role db has told of its server yet", () -> registry.recorded()
                                .map(members -> members.map(
                                        all -> all.servers(database.accounts().get(0)))));
    }

    /**
     * Starts the server if this node is to run one. From then on the servers are probed on the calling event loop, which should be
     * one that no site can block. Completes with the first good answer, or without one after {@link
     * StoreConfig#startTimeLimit()}, but not before it is known that this node may use the servers. Fails only with {@link
     * StoreException}: the cluster has its database elsewhere, and this node is configured to run one too.
     */
    public Future<Void> start() {
        var answered = monitor.start().timeout(config.startTimeLimit().toMillis(), TimeUnit.MILLISECONDS);
        return Future.all(source.start(), answered.otherwiseEmpty()).mapEmpty();
    }

    /**
     * The database of a site; the same one for the same name.
     *
     * @param site the site's name, lower-case letters, digits and dashes
     */
    public SiteDatabase database(String site, SiteDatabase.Migrations migrations) {
        return sites.computeIfAbsent(
                site,
                name -> new SiteDatabase(
                        vertx, monitor, this::newPools, new Schema(parentSchema, name), migrations, this::isUsed));
    }

    private boolean isUsed(String schema) {
        return sites.values().stream().anyMatch(site -> site.schemaName().equals(schema));
    }

    private SitePools newPools(Supplier<String> schema) {
        return new SitePools(vertx, monitor, pools, figures, schema, clock);
    }

    /** Whether the last probes, some 500 ms ago, found a server that can be written to. */
    public boolean available() {
        return monitor.topology().primary() != null;
    }

    /**
     * Closes the pools and ends this node's use of the database. The last node that uses an embedded server stops it, which may take
     * some seconds.
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

    /** Closes the pools within a time limit: a frozen server must not keep the node from stopping. */
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
        var topology = monitor.topology();
        var primary = topology.primary();
        var perSite = new JsonObject();
        sites.forEach((site, database) -> perSite.put(site, database.status()));
        return figures.addTo(new JsonObject())
                .put("kind", source.kind())
                .put("state", primary == null ? "away" : primary.full() ? "full" : "available")
                .put(
                        "address",
                        primary == null ? "" : primary.server().address().toString())
                .put("version", primary == null ? "" : primary.version())
                .put("problem", problem(topology))
                .put("failovers", monitor.failovers())
                .put("servers", servers(topology))
                .put("sites", perSite);
    }

    /**
     * Why nothing can be written, or else what the servers have too little of. The reason why a server does not run says more than
     * that the server does not answer.
     */
    private String problem(Topology topology) {
        if (topology.full()) {
            return "its disk is full; writes are refused, and reads go on";
        }
        if (topology.primary() != null) {
            return pools.problem();
        }
        var known = source.problem();
        return known.isEmpty() ? topology.problem() : known;
    }

    private JsonArray servers(Topology topology) {
        var servers = new JsonArray();
        topology.servers()
                .forEach(each -> servers.add(new JsonObject()
                        .put("address", each.server().address().toString())
                        .put("role", topology.role(each))
                        .put("version", each.version())
                        .put("latencyMicros", TimeUnit.NANOSECONDS.toMicros(each.latencyNanos()))
                        .put("lagMillis", lagMillis(topology, each))
                        .put("problem", each.problem())));
        return servers;
    }

    /** How far a replica is behind at most; null if that is not known, or if the server is no replica. */
    private @Nullable Long lagMillis(Topology topology, ProbeResult result) {
        return topology.readers().stream()
                .filter(reader -> reader.result().server().equals(result.server()) && !reader.complete())
                .findFirst()
                .map(reader -> TimeUnit.NANOSECONDS.toMillis(clock.nanos() - reader.upToNanos()))
                .orElse(null);
    }
}
