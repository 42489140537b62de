package io.colonnade.transport;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Clock;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.Exchange;
import io.colonnade.core.OpenExchanges;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.core.TimeLimited;
import io.colonnade.transport.forwarded.ForwardedExchange;
import io.colonnade.transport.frame.LaneAddress;
import io.colonnade.transport.link.LaneState;
import io.colonnade.transport.link.Links;
import io.colonnade.transport.link.TransportConfig;
import io.colonnade.transport.received.ServedTiers;
import io.colonnade.transport.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** The transport of one lane: its links to the lanes of other members. Used on the lane's event loop only, except for the figures. */
public final class LaneTransport implements Forwarder {
    private final int index;
    private final LaneState state;
    private final ServedTiers tiers = new ServedTiers();
    private final Links links;
    private final OpenExchanges received = new OpenExchanges();
    private @Nullable DrainWindow window;

    LaneTransport(
            int index,
            ContextInternal context,
            Wire wire,
            @Nullable EventBusOptions bus,
            Membership membership,
            TransportConfig config,
            Clock clock) {
        var self = self(membership.snapshot());
        this.index = index;
        this.state = new LaneState(context, addressAt(self), self.protocol(), config, clock);
        this.links = new Links(state, wire, bus, membership, tiers);
    }

    /** {@inheritDoc} Fails with {@code MEMBER_LOST} as soon as the member leaves or falls silent. */
    @Override
    public Future<Void> forward(Exchange exchange, Member to, Role tier) {
        // Both ends have the same index: so there are few links, and each batch carries much.
        var link = links.to(new LaneAddress(to.id(), to.epoch(), index % to.lanes()), to);
        return new ForwardedExchange(link, exchange, tier).begin();
    }

    /** Registers the tier that answers other members' exchanges; until then they fail with {@code NO_ENDPOINT}. */
    public void serve(Role role, Tier tier) {
        tiers.serve(role, new TimeLimited(tier, received));
    }

    /** Refuses other members' exchanges from now on; those that run go on. */
    void stopServing() {
        tiers.stop();
    }

    /** Ends the event streams and upgraded connections that end here, each at a point in the window; null ends the drain. */
    void drain(@Nullable DrainWindow newWindow) {
        window = newWindow;
    }

    LaneState state() {
        return state;
    }

    void receive(Buffer batch) {
        links.receive(batch);
    }

    /** Fails the streams of members that are gone or silent. */
    void membersChanged(Snapshot snapshot) {
        state.address(addressAt(self(snapshot)));
        links.membersChanged(snapshot);
    }

    void tick() {
        var now = state.nanos();
        links.tick(now);
        received.check(now);
        state.lasting().check(window, now);
    }

    /** Closes the lane's own connections. Traffic over the event bus goes on. */
    Future<Void> close() {
        return links.close();
    }

    private LaneAddress addressAt(Member self) {
        return new LaneAddress(self.id(), self.epoch(), index);
    }

    private static Member self(Snapshot snapshot) {
        return snapshot.member(snapshot.self()).orElseThrow();
    }
}
