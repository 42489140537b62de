package io.colonnade.app;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/** What runs the code of a site on one lane, whatever the code is. Used on the site's context. */
interface SiteRunner {
    /**
     * What answers a request.
     *
     * @param context where the handler runs, on the lane's event loop
     * @param handler throws nothing
     * @param router which the handler calls; null if the code does without one
     */
    record Entrance(ContextInternal context, Handler<HttpServerRequest> handler, @Nullable Router router) {}

    /** Starts the code. The site is ready when the future completes. May throw whatever the code throws. */
    Future<?> start() throws Exception;

    /** What answers the next request, once the code has started. */
    Entrance entrance();

    /** Stops the code, also if it has not started. May throw whatever the code throws. */
    Future<?> stop() throws Exception;
}
