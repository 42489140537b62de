package io.colonnade.it.site;

import io.colonnade.site.SiteContext;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Sessions: {@code /session/put?key=&value=} and {@code /session/add?key=} change them, {@code /session} tells them. */
final class Visits {
    private final SiteContext site;

    Visits(SiteContext site) {
        this.site = site;
    }

    void addTo(Router router) {
        router.route("/session*").handler(site.sessions());
        router.route("/session/put").handler(this::put);
        router.route("/session/add").handler(this::add);
        router.route("/session")
                .handler(
                        context -> context.json(new JsonObject(context.session().data())));
        router.route("/node").handler(context -> context.end(site.node()));
        router.route("/config").handler(context -> context.json(site.config()));
    }

    private void put(RoutingContext context) {
        var request = context.request();
        context.session().put(request.getParam("key"), request.getParam("value"));
        context.end("put");
    }

    /** Counts up atomically. */
    private void add(RoutingContext context) {
        var key = context.request().getParam("key");
        site.update(context.session(), key, before -> before instanceof Number number ? number.intValue() + 1 : 1)
                .onSuccess(after -> context.end(String.valueOf(after)))
                .onFailure(context::fail);
    }
}
