package io.colonnade.app;

import io.colonnade.store.pool.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Opens the databases of sites. */
@FunctionalInterface
public interface Databases {
    /**
     * Returns the database of a site. It does not connect yet.
     *
     * @param loader the class loader that finds the site's {@code db/migration/*.sql}
     */
    SiteDatabase open(String site, ClassLoader loader);

    /** One site's own schema. All lanes of the node share it. */
    interface SiteDatabase {
        /** Runs the site's migrations, once in the cluster. Fails while the database is away, and may then be called again. */
        Future<Void> migrate();

        /** The pool at the primary, the server that takes writes. */
        Pool pool();

        /** The pool for reads that may lag behind the primary. */
        Pool reader();

        /** Runs transactions on {@link #pool()}. */
        Transactions transactions();
    }
}
