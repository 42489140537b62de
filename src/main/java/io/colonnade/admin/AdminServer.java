package io.colonnade.admin;

import io.colonnade.cluster.Order;
import io.colonnade.config.Port;
import io.colonnade.core.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * The HTTP server of the admin port: {@code GET /status}, {@code GET /health/live}, {@code GET /health/ready}, {@code GET
 * /health/ready/SITE} (all of them also by HEAD), and {@code POST /members/NAME/ORDER}, where ORDER is {@code drain}, {@code undrain},
 * {@code stop} or {@code weight/N}. It listens on loopback.
 * Anybody on the machine may read; orders need the node's token.
 */
public final class AdminServer {
    /** Where the server listens. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int TRIES = 100;

    /** Without a change to HTTP/2, which would take a second parser for no use. */
    private static final HttpServerOptions OPTIONS = new HttpServerOptions().setHttp2ClearTextEnabled(false);

    private static final String READS = "GET, HEAD";

    private final Vertx vertx;
    private final Status status;
    private final OrderSender orders;
    private final AdminAccess access;
    private final BooleanSupplier ready;

    /**
     * Makes the server, which does not listen yet.
     *
     * @param tokenFile what orders need
     * @param ready tells whether this node may get requests; called on an event loop
     */
    public AdminServer(Vertx vertx, Status status, OrderSender orders, TokenFile tokenFile, BooleanSupplier ready) {
        this.vertx = vertx;
        this.status = status;
        this.orders = orders;
        this.access = new AdminAccess(tokenFile);
        this.ready = ready;
    }

    /**
     * Listens on loopback. If the port may be the next free one, up to 100 ports are tried. Fails with an {@link IOException}
     * if all of them are taken.
     */
    public Future<Listening> listen(Port port) {
        return listen(port, TRIES);
    }

    private Future<Listening> listen(Port port, int tries) {
        var server = vertx.createHttpServer(OPTIONS).requestHandler(router());
        return server.listen(port.number(), LOOPBACK)
                .map(Listening::new)
                .recover(failure -> failure instanceof IOException && port.orNext() && tries > 1
                        ? listen(port.next(), tries - 1)
                        : Future.failedFuture(failure));
    }

    private Router router() {
        var router = Router.router(vertx);
        router.route().handler(AdminAccess::checkHost);
        read(router, "/status").handler(access::prove).handler(context -> context.json(status.json()));
        read(router, "/health/live").handler(context -> context.end("live\n"));
        read(router, "/health/ready").handler(this::answerReady);
        read(router, "/health/ready/:site").handler(this::answerSiteReady);
        List.of(Order.Kind.DRAIN, Order.Kind.UNDRAIN, Order.Kind.STOP)
                .forEach(kind -> router.post("/members/:name/" + kind.name().toLowerCase(Locale.ROOT))
                        .handler(access::checkToken)
                        .handler(context -> give(context, Order.to(kind))));
        router.post("/members/:name/weight/:weight").handler(access::checkToken).handler(this::weigh);
        router.errorHandler(404, AdminServer::answerMissing);
        router.errorHandler(405, AdminServer::answerMethod);
        return router;
    }

    private static Route read(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static void answerMissing(RoutingContext context) {
        AdminProblem.answer(
                context.response(),
                404,
                "there is no such page; try /status, /health/live, /health/ready or /health/ready/SITE");
    }

    private static void answerMethod(RoutingContext context) {
        var isOrder = context.request().path().startsWith("/members/");
        var allowed = isOrder ? "POST" : READS;
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        AdminProblem.answer(
                context.response(),
                405,
                isOrder ? "changes of a member need POST" : "here only " + allowed + " is allowed");
    }

    private void answerReady(RoutingContext context) {
        if (ready.getAsBoolean()) {
            context.end("ready\n");
        } else {
            AdminProblem.answer(context.response(), 503, "the node " + status.node() + " is not ready, or draining");
        }
    }

    /** A site is ready on this node when it can answer and the node may get requests. */
    private void answerSiteReady(RoutingContext context) {
        var name = context.pathParam("site");
        var site = status.ownSite(name);
        if (site.isEmpty()) {
            AdminProblem.answer(context.response(), 404, "the node " + status.node() + " has no site " + name);
        } else if (!site.get().health().isReady()) {
            var inWords = "the site " + name + " " + site.get().health().inWords();
            AdminProblem.answer(context.response(), 503, inWords);
        } else {
            answerReady(context);
        }
    }

    private void weigh(RoutingContext context) {
        try {
            give(context, Order.toWeigh(Integer.parseInt(context.pathParam("weight"))));
        } catch (NumberFormatException noNumber) {
            AdminProblem.answer(context.response(), 400, "the weight is no whole number; allowed is 0 to 1000");
        } catch (IllegalArgumentException outOfRange) {
            AdminProblem.answer(context.response(), 400, String.valueOf(outOfRange.getMessage()));
        }
    }

    private void give(RoutingContext context, Order order) {
        var name = context.pathParam("name");
        if (!status.hasMember(name)) {
            AdminProblem.answer(context.response(), 404, "the cluster " + status.cluster() + " has no member " + name);
            return;
        }
        orders.give(name, order)
                .onSuccess(done -> context.response().setStatusCode(204).end())
                .onFailure(failure -> AdminProblem.answer(
                        context.response(),
                        502,
                        "the member " + name + " could not be asked: " + failure.getMessage()));
    }

    /** The open admin port. It is closed with Vert.x. */
    public record Listening(HttpServer server) {
        public Address address() {
            return new Address(LOOPBACK, server.actualPort());
        }
    }
}
