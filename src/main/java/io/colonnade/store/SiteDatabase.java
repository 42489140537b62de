package io.colonnade.store;

import io.colonnade.core.Failure;
import io.colonnade.store.migration.MigrationScripts;
import io.colonnade.store.migration.Schema;
import io.colonnade.store.pool.Fullness;
import io.colonnade.store.pool.Requester;
import io.colonnade.store.pool.SitePools;
import io.colonnade.store.pool.Transactions;
import io.colonnade.store.pool.Unavailability;
import io.colonnade.store.server.LimitReached;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.topology.Monitor;
import io.colonnade.store.topology.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of one site on this node: a schema of its own. */
public final class SiteDatabase {
    private static final Logger log = LoggerFactory.getLogger(SiteDatabase.class);
    private static final long RETRY_MS = 500;

    /** Until then the other sites of the node are known. */
    private static final long OTHER_SITES_MS = 10_000;

    /**
     * A site's scripts.
     *
     * @param archive the site's jar, or a directory
     * @param prefix of {@code db/migration/*.sql} in it, such as {@code foobar/}; empty for none
     */
    public record Migrations(Path archive, String prefix) {}

    private final Vertx vertx;
    private final Monitor monitor;
    private final Schema schema;
    private final Migrations migrations;
    private final Predicate<String> isUsed;
    private final SitePools pools;
    private volatile String schemaName;
    private volatile boolean closed;
    private @Nullable Future<Void> migrated;

    /**
     * @param newPools makes the site's pools; it gets a supplier of the schema's name
     * @param isUsed whether a site of the node has the schema of this name
     */
    SiteDatabase(
            Vertx vertx,
            Monitor monitor,
            Function<Supplier<String>, SitePools> newPools,
            Schema schema,
            Migrations migrations,
            Predicate<String> isUsed) {
        this.vertx = vertx;
        this.monitor = monitor;
        this.schema = schema;
        this.migrations = migrations;
        this.isUsed = isUsed;
        this.schemaName = schema.name();
        this.pools = newPools.apply(() -> schemaName);
    }

    /**
     * Creates the site's schema and runs its scripts once, however often and on however many nodes this method is called. A site
     * without scripts need not wait for the database: its schema is created as soon as the database answers. For a site with scripts
     * the future fails with a {@link Failure} of the kind {@code DATABASE_UNAVAILABLE} while the database is away; call again then.
     * It fails for good, with the kind {@code SITE_UNAVAILABLE}, if a script is wrong; the node must be started with a corrected one.
     */
    public synchronized Future<Void> migrate() {
        if (migrated == null || endedAs(Failure.Kind.DATABASE_UNAVAILABLE, migrated)) {
            migrated = vertx.executeBlocking(this::scripts, false)
                    .compose(scripts -> scripts.isEmpty() ? migrateLater(scripts) : migrate(scripts))
                    .recover(this::failed);
        }
        return migrated;
    }

    private MigrationScripts scripts() throws IOException {
        return MigrationScripts.read(migrations.archive(), migrations.prefix());
    }

    private Future<Void> migrateLater(MigrationScripts scripts) {
        migrate(scripts).onFailure(cause -> {
            if (!isAway(cause)) {
                failed(cause);
            } else if (!closed) {
                vertx.setTimer(RETRY_MS, tried -> migrateLater(scripts));
            }
        });
        return Future.succeededFuture();
    }

    private Future<Void> migrate(MigrationScripts scripts) {
        return vertx.executeBlocking(() -> migrateNow(scripts), false);
    }

    private static boolean endedAs(Failure.Kind kind, Future<Void> future) {
        return future.cause() instanceof Failure failure && failure.kind() == kind;
    }

    /**
     * The pool on the site's schema, for all lanes and threads. While the database is away, the operations of the pool fail with a
     * {@link Failure} of the kind {@code DATABASE_UNAVAILABLE}, at the latest after the time limits of {@link StoreConfig}. Errors of
     * the site's own statements pass unchanged as {@code io.vertx.mysqlclient.MySQLException}.
     */
    public Pool pool() {
        return pools.primary();
    }

    /**
     * The pool for reads, which go to servers that are at most {@link StoreConfig#maxLag()} behind and have what the {@link
     * Requester} must see. Otherwise the same as {@link #pool()}.
     */
    public Pool reader() {
        return pools.reader();
    }

    /** Runs transactions on {@link #pool()}. */
    public Transactions transactions() {
        return pools.transactions();
    }

    /** Tells the pools which servers are to be used from now on. */
    void follow(Topology now) {
        pools.follow(now);
    }

    private @Nullable Void migrateNow(MigrationScripts scripts) throws SQLException {
        var primary = monitor.topology().primary();
        if (primary == null) {
            throw new SQLException(monitor.topology().problem(), "08001");
        }
        var migrated = migrateAt(primary.server(), scripts);
        schemaName = migrated.schema();
        log.info("the schema {} of the site {} is up to date", schemaName, schema.site());
        if (!migrated.twins().isEmpty()) {
            vertx.setTimer(OTHER_SITES_MS, sitesAreHere -> warnOfTwins(migrated.twins()));
        }
        return null;
    }

    /** What the server's own state made fail runs again. */
    private Schema.Migrated migrateAt(Server server, MigrationScripts scripts) throws SQLException {
        try {
            return schema.migrate(server, scripts);
        } catch (RuntimeException failed) {
            if (isAway(failed)) {
                schema.forgetFailures(server);
            }
            throw failed;
        }
    }

    /** The name of a site follows its jar's name if it has none of its own, and its schema follows its name. */
    private void warnOfTwins(List<String> twins) {
        var unused = twins.stream().filter(twin -> !isUsed.test(twin)).toList();
        if (!unused.isEmpty()) {
            log.warn(
                    "the site {} began with new tables in the schema {}, while the same scripts have run in {}, which no site"
                            + " uses; if the site or its jar has been renamed, give the site its former name (name:) to"
                            + " have its data back",
                    schema.site(),
                    schemaName,
                    String.join(", ", unused));
        }
    }

    private Future<Void> failed(Throwable cause) {
        if (isAway(cause)) {
            return Future.failedFuture(Unavailability.failure(Failure.Progress.NOTHING, cause));
        }
        log.error("the migrations of the site {} failed, so it is unavailable: {}", schema.site(), rootOf(cause));
        return Future.failedFuture(new Failure(
                Failure.Kind.SITE_UNAVAILABLE,
                Failure.Progress.NOTHING,
                "the migrations of the site " + schema.site() + " failed: " + rootOf(cause)));
    }

    /** Flyway wraps what JDBC says; class 08 are the connection errors. */
    private static boolean isAway(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql
                    && (String.valueOf(sql.getSQLState()).startsWith("08")
                            || LimitReached.is(sql.getErrorCode())
                            || Fullness.is(sql.getErrorCode(), String.valueOf(sql.getMessage()))
                            || Unavailability.is(sql.getErrorCode(), String.valueOf(sql.getMessage())))) {
                return true;
            }
        }
        return false;
    }

    /** The innermost cause: Flyway's own message has many lines, the server's message is one line. */
    private static String rootOf(Throwable cause) {
        var root = cause;
        for (var next = root.getCause(); next != null; next = next.getCause()) {
            root = next;
        }
        return String.valueOf(root.getMessage());
    }

    String schemaName() {
        return schemaName;
    }

    /** Who holds what: the connections of the site, how many of them are in use, and the statements that wait. */
    JsonObject status() {
        return new JsonObject()
                .put("schema", schemaName)
                .put("connections", pools.size())
                .put("inUse", pools.inUse())
                .put("waiting", pools.waiting());
    }

    Future<Void> close() {
        closed = true;
        return pools.close();
    }
}
