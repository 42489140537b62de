package io.colonnade.app;

import io.colonnade.app.verticle.ListeningServer;
import io.colonnade.app.verticle.SiteServers;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a whole Vert.x application: deploys its main verticle, and gives the site's requests to the server with which it listens. */
final class VerticleRunner implements SiteRunner {
    private final Class<? extends Deployable> main;
    private final Duration listenLimit;
    private final LaneSiteContext given;
    private final SiteServers servers;
    private final SiteErrors errors;
    private final Entrance closed;
    private @Nullable Future<String> deployed;

    /**
     * @param site the context of the site
     */
    VerticleRunner(
            Class<? extends Deployable> main,
            Duration listenLimit,
            LaneSiteContext given,
            SiteErrors errors,
            ContextInternal site) {
        this.main = main;
        this.listenLimit = listenLimit;
        this.given = given;
        this.servers = Objects.requireNonNull(given.vertx().servers());
        this.errors = errors;
        this.closed = new Entrance(site, this::refuse, null);
    }

    @Override
    public Future<?> start() {
        var options = new DeploymentOptions().setConfig(given.config()).setClassLoader(main.getClassLoader());
        var deploying = given.vertx().deployVerticle(main, options);
        deployed = deploying;
        return deploying
                .compose(id -> servers.listening().timeout(listenLimit.toMillis(), TimeUnit.MILLISECONDS))
                .recover(failed -> Future.failedFuture(
                        failed instanceof TimeoutException && deploying.succeeded() ? silent() : failed));
    }

    private SiteException silent() {
        return new SiteException(main.getName()
                + " has started and listens with no server; call createHttpServer().listen() in its start");
    }

    @Override
    public Entrance entrance() {
        var server = servers.next();
        if (server == null) {
            return closed;
        }
        var context = server.context();
        var router = server.requestHandler() instanceof Router found ? found : null;
        return context.threadingModel() == ThreadingModel.EVENT_LOOP
                        && context.nettyEventLoop() == closed.context().nettyEventLoop()
                ? new Entrance(context, caught(server), router)
                : new Entrance(closed.context(), elsewhere(server), router);
    }

    /** An exception of the application is the answer 500, and not a request that waits for its time limit. */
    private Handler<HttpServerRequest> caught(ListeningServer server) {
        return request -> {
            try {
                server.handle(request);
            } catch (Throwable thrown) {
                errors.refuse((SiteResponse) request.response(), thrown);
            }
        };
    }

    /** For verticles that run on workers: what arrives waits until the application has set its handlers there. */
    private Handler<HttpServerRequest> elsewhere(ListeningServer server) {
        var handler = caught(server);
        return request -> {
            request.pause();
            server.context().runOnContext(v -> {
                handler.handle(request);
                request.resume();
            });
        };
    }

    private void refuse(HttpServerRequest request) {
        errors.refuse(
                (SiteResponse) request.response(),
                new Failure(Kind.SITE_UNAVAILABLE, Progress.NOTHING, "the application has closed its server"));
    }

    @Override
    public Future<?> stop() {
        return deployed == null
                ? Future.succeededFuture()
                : deployed.otherwiseEmpty()
                        .compose(id -> id == null
                                ? Future.succeededFuture()
                                : given.vertx().undeploy(id));
    }
}
