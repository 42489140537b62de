package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One start of a site on one lane. It has its own Vert.x context, with the site's class loader. */
final class SiteInstance {
    private static final Logger log = LoggerFactory.getLogger(SiteInstance.class);

    private final SiteCode code;
    private final LaneWatch watch;
    private final LaneSiteContext given;
    private final ClientLimits clients;
    private final SiteErrors errors = new SiteErrors();
    private final CloseFuture opened = new CloseFuture();
    private final ContextInternal context;
    private final SiteRunner runner;

    /**
     * @param lane the lane's context
     * @param given what the site may use
     */
    SiteInstance(SiteCode code, ContextInternal lane, LaneWatch watch, LaneSiteContext given, ClientLimits clients) {
        this.code = code;
        this.watch = watch;
        this.given = given;
        this.clients = clients;
        this.context = lane.owner()
                .contextBuilder()
                .withEventLoop(lane.nettyEventLoop())
                .withClassLoader(code.loader())
                .withCloseFuture(opened)
                .build();
        this.runner = code.program().newRunner(given, errors, context);
        context.exceptionHandler(thrown -> log.error("site {} threw outside of a request", code.name(), thrown));
    }

    /** Starts the site. The future completes on the site's context when the site is ready. */
    Future<Void> start() {
        code.startBegins();
        return call(runner::start);
    }

    /** Answers the exchange; see {@link io.colonnade.core.Tier#handle}. */
    Future<Void> handle(Exchange exchange) {
        var entrance = runner.entrance();
        var call = new SiteCall(code.name(), exchange, entrance.context().duplicate(), watch);
        var request = new SiteRequest(call, errors, clients, isHeadToAnswerAsGet(exchange, entrance.router()));
        watch.began(call);
        call.<HttpServerRequest>run(request, entrance.handler());
        return request.response().whenEnded().onComplete(done -> watch.ended(call));
    }

    /** Stops the site and frees what it left open. The future never fails. */
    Future<Void> close() {
        return call(runner::stop)
                .onFailure(thrown -> log.warn("site {} failed to stop", code.name(), thrown))
                .otherwiseEmpty()
                .onComplete(v -> given.close())
                .eventually(() -> given.vertx().undeployAll())
                .eventually(opened::close);
    }

    /** Runs code of the site on its context, on which the future completes. */
    private Future<Void> call(Callable<Future<?>> step) {
        var done = context.<Void>promise();
        context.dispatch(() -> {
            try {
                step.call().<Void>mapEmpty().onComplete(done);
            } catch (Throwable thrown) {
                // A jar that was built against other versions throws a LinkageError, which is no Exception.
                done.fail(thrown);
            }
        });
        return done.future();
    }

    /** Vert.x Web answers HEAD with 405 where a site only says {@code get()}. A site that speaks of HEAD anywhere does it by itself. */
    private static boolean isHeadToAnswerAsGet(Exchange exchange, @Nullable Router router) {
        return exchange.request().method().equals(HttpMethod.HEAD)
                && router != null
                && router.getRoutes().stream().noneMatch(SiteInstance::isOfHead);
    }

    private static boolean isOfHead(Route route) {
        return route.methods() != null && route.methods().contains(HttpMethod.HEAD);
    }
}
