package io.colonnade.site;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/**
 * A site. Its author implements this interface; {@link java.util.ServiceLoader} finds the class in the site's jar. The class
 * needs a public constructor without arguments.
 *
 * <p>Each lane (event loop) of a node has its own instance and calls it on that event loop only, so that the fields of the site
 * need no synchronisation. Code of a site must not block: it would block all requests of the lane.
 */
public interface Site {
    /**
     * Makes the router that answers the site's requests on one lane. Called once for each instance, on the lane's event loop,
     * after the site's migrations have run and before the first request. The site is ready when the future completes.
     *
     * <p>If the future fails, or the method throws, the node stops this instance and starts a new one after a pause of 250 ms,
     * which doubles up to two minutes, until one starts. It tries that on an event loop that serves no requests first. After a
     * {@link LinkageError} it does not try again. Meanwhile the site's requests get 503.
     *
     * <p>The node answers failures that no failure handler of the routes answers: with 500 and the request id, or with 503 and
     * {@code Retry-After} while the database or the sessions are not available. To do so, it sets the router's error handler
     * for 500. A site that wants its own error pages adds a failure handler to its routes.
     *
     * @param context what the site may use, until {@link #stop} has completed
     */
    Future<Router> start(SiteContext context);

    /**
     * Frees what the site holds. Called on the same event loop when the lane is closed, and after a start that has failed. A
     * failure is logged and has no other effect. By default it does nothing. The node itself ends what the site has opened
     * through its {@link SiteContext}.
     */
    default Future<Void> stop() {
        return Future.succeededFuture();
    }
}
