package io.colonnade.it.site;

import io.colonnade.site.Site;
import io.colonnade.site.SiteContext;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/** A site with an answer for everything that can happen to an exchange. */
public final class GroundSite implements Site {
    @Override
    public Future<Router> start(SiteContext context) {
        var router = Router.router(context.vertx());
        new Answers().addTo(router);
        new SiteBodies().addTo(router);
        new Failings(context.vertx()).addTo(router);
        new Oddities().addTo(router);
        new Holdings(context.node()).addTo(router);
        new Visits(context).addTo(router);
        return Future.succeededFuture(router);
    }
}
