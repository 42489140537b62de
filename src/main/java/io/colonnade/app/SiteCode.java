package io.colonnade.app;

import io.colonnade.app.Databases.SiteDatabase;
import io.colonnade.app.code.SiteClassLoader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The code of one site as this node has loaded it. All lanes share it. */
final class SiteCode {
    private final String name;
    private final JsonObject config;
    private final ClassLoader loader;
    private final SiteProgram program;
    private final SiteDatabase database;
    private final Sites.Starts starts;
    private @Nullable Future<Void> migration;

    SiteCode(
            String name,
            JsonObject config,
            ClassLoader loader,
            SiteProgram program,
            Databases databases,
            Sites.Starts starts) {
        this.name = name;
        this.config = config;
        this.loader = loader;
        this.program = program;
        this.starts = starts;
        this.database = databases.open(name, loader);
    }

    String name() {
        return name;
    }

    /** A copy of the site's configuration, so that no lane sees what another lane changes in its own. */
    JsonObject config() {
        return config.copy();
    }

    ClassLoader loader() {
        return loader;
    }

    SiteProgram program() {
        return program;
    }

    SiteDatabase database() {
        return database;
    }

    /**
     * Runs the migrations once for all lanes of the node, before the site is started. After a failure the next call tries again. Fails if
     * the site must not be started.
     */
    synchronized Future<Void> migrate() {
        var refusal = starts.refusal(name);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        if (migration == null || migration.failed()) {
            migration = database.migrate();
        }
        return migration;
    }

    /** The code of the site is started now. */
    void startBegins() {
        starts.begun(name);
    }

    /** A start of the site has come to an end. */
    void startEnded() {
        starts.ended(name);
    }

    void close() {
        if (loader instanceof SiteClassLoader own) {
            own.close();
        }
    }
}
