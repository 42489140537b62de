package io.colonnade.routing;

import io.colonnade.cluster.Member;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A member that may be selected for one tier of one site.
 *
 * @param self whether it is this node
 * @param selected exchanges in flight for which this node selected it, for this tier
 * @param elsewhere the same for all other members together, as their last beats said
 */
record Endpoint(Member member, boolean self, AtomicInteger selected, int elsewhere) {
    /** Exchanges in flight there, as far as this node knows. */
    int inFlight() {
        return selected.get() + elsewhere;
    }
}
