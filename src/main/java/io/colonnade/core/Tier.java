package io.colonnade.core;

import io.vertx.core.Future;

/**
 * One tier of the path of a request: balancer, web or app, on this node or, through the transport, on another. A caller
 * cannot tell the two apart.
 */
@FunctionalInterface
public interface Tier {
    /**
     * Answers the exchange.
     *
     * <p>Called on the lane's event loop. The future completes when the response has ended. It fails with a {@link
     * Failure} when the exchange was not answered, or not to its end; {@link Failure#progress()} then says how far it had
     * got, and as long as that is not {@link Failure.Progress#RESPONSE} nothing of the response has been written and
     * the caller may still answer. Never throws.
     */
    Future<Void> handle(Exchange exchange);
}
