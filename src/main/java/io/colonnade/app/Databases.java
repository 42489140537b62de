package io.colonnade.app;

import io.colonnade.store.pool.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Where sites get their databases. */
@FunctionalInterface
public interface Databases {
    /**
     * Gives the database of a site; nothing is connected yet.
     *
     * @param loader finds the site's {@code db/migration/*.sql}
     */
    SiteDatabase open(String site, ClassLoader loader);

    /** One site's own schema; used by all lanes of the node. */
    interface SiteDatabase {
        /** Runs the site's migrations once per cluster; fails while the database is away, and may then be called again. */
        Future<Void> migrate();

        /** The pool that site code gets, at the server that is written to. */
        Pool pool();

        /** The pool for reads that may be a little old. */
        Pool reader();

        /** Runs transactions on {@link #pool()}. */
        Transactions transactions();
    }
}
