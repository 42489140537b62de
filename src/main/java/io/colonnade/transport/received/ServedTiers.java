package io.colonnade.transport.received;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.StreamId;
import io.colonnade.transport.link.Acceptor;
import io.colonnade.transport.link.Link;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;

/** The tiers of a lane, which answer the exchanges that other members send. Used on the lane's event loop only. */
public final class ServedTiers implements Acceptor {
    private final Map<Role, Tier> tiers = new EnumMap<>(Role.class);

    /** Registers the tier for a role; until then the role's exchanges fail with {@code NO_ENDPOINT}. */
    public void serve(Role role, Tier tier) {
        tiers.put(role, tier);
    }

    /** Forgets all tiers, as the node stops: what still arrives fails with {@code NO_ENDPOINT} at once, so that it is tried elsewhere. */
    public void stop() {
        tiers.clear();
    }

    @Override
    public void accept(Link link, StreamId id, RequestHead head) {
        new ReceivedExchange(link, id, head, tier(head.tier())).begin();
    }

    private Tier tier(Role role) {
        return tiers.getOrDefault(
                role,
                exchange -> Future.failedFuture(new Failure(
                        Kind.NO_ENDPOINT, Progress.NOTHING, "this node does not run the tier " + role.label())));
    }
}
