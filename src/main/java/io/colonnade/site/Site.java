package io.colonnade.site;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/**
 * A site: what its author writes. Found by {@link java.util.ServiceLoader} in the site's jar; it needs a public constructor without arguments.
 *
 * <p>One instance is made for each lane (event loop) of a node, so that its fields need no synchronisation.
 */
public interface Site {
    /**
     * Gives the router that answers the site's requests on one lane. Called once, on the lane's event loop, before the
     * lane's first request and after the site's migrations have run; the site is ready when the future completes.
     *
     * @param context what the site may use
     */
    Future<Router> start(SiteContext context);

    /** Frees what the site holds. Called on the same event loop when the lane is closed. */
    default Future<Void> stop() {
        return Future.succeededFuture();
    }
}
