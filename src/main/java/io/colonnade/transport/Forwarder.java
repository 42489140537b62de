package io.colonnade.transport;

import io.colonnade.cluster.Member;
import io.colonnade.core.Exchange;
import io.colonnade.core.Role;
import io.vertx.core.Future;

/** Carries exchanges from one lane to a tier of another member. */
@FunctionalInterface
public interface Forwarder {
    /**
     * Sends the exchange to the member's tier, which answers it; promises what {@link io.colonnade.core.Tier#handle} promises. The
     * request's body is read through {@link Exchange#body()}.
     *
     * @param tier {@link Role#WEB} or {@link Role#APP}
     */
    Future<Void> forward(Exchange exchange, Member to, Role tier);
}
