package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Tier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application tier of one lane; made by {@link AppTier#newLane}, deployed on the lane's context. */
public final class App extends VerticleBase implements Tier {
    private final AppTier tier;
    private volatile Map<String, LaneSite> sites = Map.of();

    App(AppTier tier) {
        this.tier = tier;
    }

    /**
     * Completes when every site has started, or has failed for the first time, or {@link AppConfig#startLimit} is over.
     * Never fails: a site that cannot start yet is tried again, and its requests fail meanwhile.
     */
    @Override
    public Future<?> start() {
        sites = tier.sitesFor((ContextInternal) context);
        return Future.join(sites.values().stream().map(LaneSite::start).toList())
                .timeout(tier.config().startLimit().toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** Stops the sites, and ends their subscriptions. */
    @Override
    public Future<?> stop() {
        return Future.join(sites.values().stream().map(LaneSite::close).toList());
    }

    /**
     * Lets the site's router answer. Whatever the router answers is an answer, its errors too; fails with {@link
     * Kind#SITE_UNAVAILABLE} if the site has not started here, with {@link Kind#SITE_FAILED} if its code failed in the
     * middle of the response, with {@link Kind#DOWNSTREAM_CLOSED} if the client went away.
     */
    @Override
    public Future<Void> handle(Exchange exchange) {
        tier.nameNode(exchange.response());
        var site = sites.get(exchange.site().name());
        return site == null ? Future.failedFuture(unknown(exchange)) : site.handle(exchange);
    }

    Collection<LaneSite> sites() {
        return sites.values();
    }

    private static Failure unknown(Exchange exchange) {
        return new Failure(
                Kind.SITE_UNAVAILABLE,
                Progress.NOTHING,
                "this node does not have the site " + exchange.site().name());
    }
}
