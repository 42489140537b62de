package io.colonnade.core;

import io.vertx.core.Future;

/**
 * Puts a tier under the time limits of its exchanges: while the tier answers, {@link OpenExchanges#check} fails the exchange when its time
 * is over. Both entrances of a lane have one, that of clients and that of other members.
 */
public final class TimeLimited implements Tier {
    private final Tier tier;
    private final OpenExchanges open;

    /**
     * @param open the exchanges of the entrance, which its owner checks several times a second
     */
    public TimeLimited(Tier tier, OpenExchanges open) {
        this.tier = tier;
        this.open = open;
    }

    @Override
    public Future<Void> handle(Exchange exchange) {
        var place = open.add(exchange);
        return tier.handle(exchange).onComplete(done -> open.remove(place));
    }
}
