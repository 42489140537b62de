package io.colonnade.routing;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.transport.Forwarder;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One lane's way to the next tier: this node's own instance, which is called directly, or another member's. Fails with {@link
 * Kind#NO_ENDPOINT} if no ready member can answer, and as the selected tier does. Used on the lane's event loop.
 */
public final class Dispatch implements Tier {
    private final Routing routing;
    private final Role tier;
    private final @Nullable Tier local;
    private final Forwarder forwarder;
    private final Suspects suspects;

    /**
     * @param tier {@link Role#WEB} or {@link Role#APP}
     * @param local the lane's own instance, or null if this node does not run the tier
     */
    public Dispatch(Routing routing, Role tier, @Nullable Tier local, Forwarder forwarder) {
        this.routing = routing;
        this.tier = tier;
        this.local = local;
        this.forwarder = forwarder;
        this.suspects = routing.suspects();
    }

    @Override
    public Future<Void> handle(Exchange exchange) {
        var endpoint = select(exchange);
        return endpoint == null ? noEndpoint(exchange) : send(exchange, endpoint);
    }

    /** Selects by the site's policy; a suspect only if there is no other endpoint. */
    @Nullable
    Endpoint select(Exchange exchange) {
        var endpoints = routing.endpoints(tier, exchange.site());
        if (endpoints == null || suspects.none()) {
            return endpoints == null ? null : endpoints.select();
        }
        var trusted = endpoints.selectBut(this::isSuspect);
        return trusted != null ? trusted : endpoints.select();
    }

    /** Selects in the same way, but none of those that were tried; null if there is no other. */
    @Nullable
    Endpoint selectOther(Exchange exchange, List<Endpoint> tried) {
        var endpoints = routing.endpoints(tier, exchange.site());
        if (endpoints == null) {
            return null;
        }
        var trusted = endpoints.selectBut(endpoint -> isSuspect(endpoint) || contains(tried, endpoint));
        return trusted != null ? trusted : endpoints.selectBut(endpoint -> contains(tried, endpoint));
    }

    private boolean isSuspect(Endpoint endpoint) {
        return !endpoint.self() && suspects.contains(endpoint.member());
    }

    private static boolean contains(List<Endpoint> tried, Endpoint endpoint) {
        return tried.stream().anyMatch(other -> other.member().sameLifeAs(endpoint.member()));
    }

    Future<Void> send(Exchange exchange, Endpoint endpoint) {
        var selected = endpoint.selected();
        selected.incrementAndGet();
        return carry(exchange, endpoint).onComplete(done -> {
            selected.decrementAndGet();
            if (done.cause() instanceof Failure failure && failure.kind() == Kind.MEMBER_LOST) {
                suspects.add(endpoint.member());
            }
        });
    }

    /** A body that was opened can only be had again through the transport, even on the way to this very node. */
    private Future<Void> carry(Exchange exchange, Endpoint endpoint) {
        return endpoint.self() && local != null && !exchange.bodyOpened()
                ? local.handle(exchange)
                : forwarder.forward(exchange, endpoint.member(), tier);
    }

    Future<Void> noEndpoint(Exchange exchange) {
        var label = tier.label();
        return Future.failedFuture(new Failure(
                Kind.NO_ENDPOINT,
                Progress.NOTHING,
                "no ready member runs " + label + " for site " + exchange.site().name() + "; start a node with role "
                        + label + " or undrain one"));
    }
}
