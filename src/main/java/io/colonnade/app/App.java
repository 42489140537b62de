package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Tier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The application tier of one lane. {@link AppTier#newLane} makes it; it is deployed on the lane's context. */
public final class App extends VerticleBase implements Tier {
    private final Function<ContextInternal, Map<String, LaneSite>> newSites;
    private final Duration startLimit;
    private final @Nullable String node;
    private volatile Map<String, LaneSite> sites = Map.of();

    /**
     * @param newSites makes the sites of the lane that has this context, by name; called on the lane's event loop
     * @param startLimit how long the start of the lane waits for the sites
     * @param node the node's name for the field {@code x-app-node}; null to leave it out
     */
    App(Function<ContextInternal, Map<String, LaneSite>> newSites, Duration startLimit, @Nullable String node) {
        this.newSites = newSites;
        this.startLimit = startLimit;
        this.node = node;
    }

    /**
     * Completes when every site has started, at the latest after {@link AppConfig#startLimit}. Never fails: a site that cannot
     * start yet is started again later, and its requests fail until it has started.
     */
    @Override
    public Future<?> start() {
        var lane = (ContextInternal) context;
        sites = newSites.apply(lane);
        // Of the lane's context, so that what follows runs on its event loop even if the time limit is over.
        var started = lane.<Object>promise();
        Future.join(sites.values().stream().map(LaneSite::start).toList())
                .<Object>mapEmpty()
                .onComplete(started);
        return started.future()
                .timeout(startLimit.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** Stops the sites and ends their subscriptions. */
    @Override
    public Future<?> stop() {
        return Future.join(sites.values().stream().map(LaneSite::close).toList());
    }

    /**
     * Lets the site's router answer. Each response of the router counts as an answer, also one with an error status. The
     * future fails with {@link Kind#SITE_UNAVAILABLE} if the site has not started on this lane, with {@link
     * Kind#SITE_FAILED} if its code failed in the middle of a response, and with {@link Kind#DOWNSTREAM_CLOSED} if the
     * client went away.
     */
    @Override
    public Future<Void> handle(Exchange exchange) {
        if (node != null) {
            exchange.response().putHeader("x-app-node", node);
        }
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
