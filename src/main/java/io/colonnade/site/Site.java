package io.colonnade.site;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/**
 * A site: what its author writes. Found by {@link java.util.ServiceLoader} in the site's jar; it needs
 * a public constructor without arguments.
 *
 * <p>One instance is made for each lane (event loop) of a node, so that its fields need no synchronisation.
 */
public interface Site {
    /**
     * Gives the router that answers the site's requests on one lane. Called once, on the lane's event loop, before the
     * lane's first request and after the site's migrations have run; the site is ready when the future completes.
     *
     * <p>A site that cannot start is closed and started again, as a new instance, until it can. Its requests are answered with
     * 503 meanwhile. What the routes fail with status 500 and no failure handler of theirs answers, the node does: 500 with
     * the request id, or 503 with {@code Retry-After} while the database or the sessions are away. For that it sets the
     * router's error handler for 500; add a failure handler to a route for pages of your own.
     *
     * @param context what the site may use
     */
    Future<Router> start(SiteContext context);

    /** Frees what the site holds. Called on the same event loop when the lane is closed. */
    default Future<Void> stop() {
        return Future.succeededFuture();
    }
}
