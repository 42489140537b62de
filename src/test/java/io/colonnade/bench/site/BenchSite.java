package io.colonnade.bench.site;

import io.colonnade.site.Site;
import io.colonnade.site.SiteContext;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/** The routes as a site without a database. */
public final class BenchSite implements Site {
    @Override
    public Future<Router> start(SiteContext context) {
        return Future.succeededFuture(Routes.router(context.vertx()));
    }
}
