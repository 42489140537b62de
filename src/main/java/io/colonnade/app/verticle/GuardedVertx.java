package io.colonnade.app.verticle;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxWrapper;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node's Vert.x as a site gets it. It keeps a mistake in a site from ending the node; it is no sandbox. */
public final class GuardedVertx extends VertxWrapper {
    private final EventBus eventBus;
    private final SiteVerticles verticles;
    private final @Nullable SiteServers servers;

    /**
     * @param lane on whose event loop the site's verticles run
     * @param servers those of a whole application; null for a site, whose HTTP servers are servers as elsewhere
     */
    public GuardedVertx(ContextInternal lane, ClassLoader site, @Nullable SiteServers servers) {
        super(lane.owner());
        this.verticles = new SiteVerticles(lane.owner(), lane.nettyEventLoop(), site);
        this.servers = servers;
        this.eventBus = new GuardedEventBus(lane.owner().eventBus());
    }

    public @Nullable SiteServers servers() {
        return servers;
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        return servers == null ? super.createHttpServer(options) : servers.server(this, options.getPort());
    }

    @Override
    public EventBus eventBus() {
        return eventBus;
    }

    @Override
    public Future<String> deployVerticle(Supplier<? extends Deployable> supplier, DeploymentOptions options) {
        return verticles.deploy(supplier, options, this);
    }

    @Override
    public Future<String> deployVerticle(Class<? extends Deployable> type, DeploymentOptions options) {
        return verticles.deploy(type, options, this);
    }

    @Override
    public Future<String> deployVerticle(String name, DeploymentOptions options) {
        return verticles.deploy(name, options, this);
    }

    @Override
    public Set<String> deploymentIDs() {
        return verticles.ids();
    }

    @Override
    public Future<Void> undeploy(String id) {
        return verticles.undeploy(id);
    }

    /** Ends what the site has left deployed. Never fails. */
    public Future<Void> undeployAll() {
        return verticles.undeployAll();
    }

    @Override
    public Future<Void> close() {
        return Future.failedFuture(new UnsupportedOperationException(
                "a site cannot close the node's Vert.x; free what the site holds in Site.stop()"));
    }
}
