package io.colonnade.store;

import io.colonnade.core.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database as one site of this node sees it: a schema of its own. */
public final class SiteDatabase {
    private static final Logger log = LoggerFactory.getLogger(SiteDatabase.class);
    private static final long RETRY_MS = 500;

    /**
     * A site's scripts.
     *
     * @param archive the site's jar, or a directory
     * @param prefix of {@code db/migration/*.sql} in it, such as {@code foobar/}; empty for none
     */
    public record Migrations(Path archive, String prefix) {}

    private final Vertx vertx;
    private final Pools pools;
    private final Schema schema;
    private final Migrations migrations;
    private final List<Pool> open = new CopyOnWriteArrayList<>();
    private volatile String schemaName;
    private @Nullable Future<Void> migrated;
    private volatile boolean closed;

    SiteDatabase(Vertx vertx, Pools pools, Schema schema, Migrations migrations) {
        this.vertx = vertx;
        this.pools = pools;
        this.schema = schema;
        this.migrations = migrations;
        this.schemaName = schema.name();
    }

    /**
     * Makes the site's schema and runs its scripts, once, however often and by however many nodes this is called. While the
     * database is away it waits for it. Fails with a {@link Failure} of the kind {@code SITE_UNAVAILABLE} if a script
     * fails; the site then stays unavailable until the node is started with a better one.
     */
    public synchronized Future<Void> migrate() {
        if (migrated == null) {
            migrated = attempt();
        }
        return migrated;
    }

    /**
     * Makes a pool on the site's schema, for the lane that calls. Its operations fail with a {@link Failure} of the kind
     * {@code DATABASE_UNAVAILABLE} while the database is away, at the latest after the time limits of {@link StoreConfig};
     * errors of the site's own statements pass as {@code io.vertx.mysqlclient.MySQLException}. It is closed with the store.
     */
    public Pool pool() {
        var pool = pools.ofSite(() -> schemaName);
        open.add(pool);
        return pool;
    }

    private Future<Void> attempt() {
        return vertx.executeBlocking(this::migrateNow, false).recover(this::retryOrFail);
    }

    private @Nullable Void migrateNow() throws Exception {
        var server = pools.source().server();
        if (server.isEmpty()) {
            throw new SQLException("no server is known yet", "08001");
        }
        schemaName = schema.migrate(server.get(), MigrationScripts.read(migrations.archive(), migrations.prefix()));
        return null;
    }

    private Future<Void> retryOrFail(Throwable cause) {
        if (!closed && isAway(cause)) {
            return vertx.timer(RETRY_MS, TimeUnit.MILLISECONDS).compose(passed -> attempt());
        }
        log.error("the migrations of the site {} failed, so it is unavailable: {}", schema.site(), cause.getMessage());
        return Future.failedFuture(new Failure(
                Failure.Kind.SITE_UNAVAILABLE,
                Failure.Progress.NOTHING,
                "the migrations of the site " + schema.site() + " failed; see the log of the node"));
    }

    /** Flyway wraps what JDBC says; class 08 are the connection errors. */
    private static boolean isAway(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql
                    && (String.valueOf(sql.getSQLState()).startsWith("08")
                            || Unavailability.is(sql.getErrorCode(), String.valueOf(sql.getMessage())))) {
                return true;
            }
        }
        return false;
    }

    JsonObject status() {
        return new JsonObject()
                .put("schema", schemaName)
                .put("pools", open.size())
                .put("connections", open.stream().mapToInt(Pool::size).sum());
    }

    Future<Void> close() {
        closed = true;
        return Future.join(open.stream().map(Pool::close).toList()).mapEmpty();
    }
}
