package io.colonnade.transport;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Clock;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.LastingResponses;
import io.colonnade.core.OpenExchanges;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.core.TimeLimited;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transport of one lane: its links to the lanes of other members. Used on the lane's event loop only, but for the figures. */
public final class LaneTransport implements Forwarder {
    private static final Logger log = LoggerFactory.getLogger(LaneTransport.class);

    private final int index;
    private final ContextInternal context;
    private final Wire wire;
    private final Membership membership;
    private final Map<Role, Tier> tiers = new EnumMap<>(Role.class);
    private final TransportConfig config;
    private final Clock clock;
    private final Map<LaneAddress, Link> links = new HashMap<>();
    private final List<LinkOutput> unflushed = new ArrayList<>();
    private final int protocol;
    private final OpenExchanges received = new OpenExchanges();
    private final LastingResponses lasting = new LastingResponses();
    private final TextCache texts = new TextCache();
    private final Gauge streams = new Gauge();
    private final Gauge buffered = new Gauge();
    private final Gauge outstanding = new Gauge();
    private final Gauge directLinks = new Gauge();
    private @Nullable DrainWindow window;
    private final @Nullable DirectLines direct;
    private long arrival;
    private LaneAddress address;

    LaneTransport(
            int index,
            ContextInternal context,
            Wire wire,
            @Nullable EventBusOptions bus,
            Membership membership,
            TransportConfig config,
            Clock clock) {
        this.index = index;
        this.context = context;
        this.wire = wire;
        this.membership = membership;
        this.config = config;
        this.clock = clock;
        this.address = ownAddress(membership.snapshot());
        this.protocol = self(membership.snapshot()).protocol();
        this.direct = bus == null ? null : new DirectLines(context.owner(), bus, this::receive);
    }

    /** {@inheritDoc} Fails with {@code MEMBER_LOST} as soon as the member leaves or falls silent. */
    @Override
    public Future<Void> forward(Exchange exchange, Member to, Role tier) {
        // The same index at both ends: few links, and each carries much in a batch.
        return link(new LaneAddress(to.id(), to.epoch(), index % to.lanes()), to)
                .forward(exchange, tier);
    }

    /** Has exchanges that other members send to a tier of this lane answered; until then they fail with {@code NO_ENDPOINT}. */
    public void serve(Role role, Tier tier) {
        tiers.put(role, new TimeLimited(tier, received));
    }

    /** Has event streams and upgraded connections that end here go, each at a point in the window; null ends the drain. */
    void drain(@Nullable DrainWindow newWindow) {
        window = newWindow;
    }

    /** What a drain has to end: event streams and upgraded connections of other members' clients that are answered here. */
    LastingResponses lasting() {
        return lasting;
    }

    LaneAddress address() {
        return address;
    }

    /** The protocol that this node speaks with those that speak it too. */
    int protocol() {
        return protocol;
    }

    /** The lane's own connections; null if everything goes over the event bus. */
    @Nullable
    DirectLines direct() {
        return direct;
    }

    ContextInternal context() {
        return context;
    }

    TransportConfig config() {
        return config;
    }

    Clock clock() {
        return clock;
    }

    long nanos() {
        return clock.nanos();
    }

    TextCache texts() {
        return texts;
    }

    /** When the batch arrived that is being received: reading the clock for every frame costs more than it tells. */
    long arrival() {
        return arrival;
    }

    /** Streams that are open at this lane, whoever opened them. */
    Gauge streams() {
        return streams;
    }

    /** Bytes of bodies that wait at this lane, to be sent or to be read. */
    Gauge buffered() {
        return buffered;
    }

    /** Bytes of bodies sent by this lane that the other ends have not said to have received. */
    Gauge outstanding() {
        return outstanding;
    }

    /** Links whose batches leave by a direct line. */
    Gauge directLinks() {
        return directLinks;
    }

    int nextIncarnation() {
        return ThreadLocalRandom.current().nextInt();
    }

    Tier tier(Role role) {
        return tiers.getOrDefault(
                role,
                exchange -> Future.failedFuture(new Failure(
                        Kind.NO_ENDPOINT, Progress.NOTHING, "this node does not run the tier " + role.label())));
    }

    /**
     * Has the output flushed when the event loop's present tick ends: what the tick makes for one lane leaves as one batch. On the
     * lane's context, because the event bus opens its connection there.
     */
    void flushLater(LinkOutput output) {
        if (unflushed.isEmpty()) {
            context.runOnContext(tickEnds -> flush());
        }
        unflushed.add(output);
    }

    void receive(Buffer batch) {
        // The buffer itself: reading byte by byte is slow through the guards that a Buffer puts around what it gives
        // away.
        var frames = ((BufferImpl) batch).byteBuf();
        try {
            var header = BatchHeader.read(frames, protocol);
            var link = linkOf(header.source());
            if (link != null) {
                receive(link, header, frames);
                link.proceed();
                link.settle();
            }
        } catch (MalformedBatchException malformed) {
            log.error("A batch on {} cannot be read and is dropped: {}", address.onBus(), malformed.getMessage());
        }
    }

    /** Takes a batch that came by a direct line, unless others are to come before it. */
    private boolean receive(ByteBuf frames, DirectLine from) {
        try {
            var header = BatchHeader.read(frames, protocol);
            if (!from.isOf(header.source())) {
                from.cut();
                return true;
            }
            var link = linkOf(header.source());
            if (link != null && !link.isNext(header, from)) {
                frames.readerIndex(0);
                return false;
            }
            if (link != null) {
                receive(link, header, frames);
            }
        } catch (MalformedBatchException malformed) {
            log.error("A batch on a direct connection cannot be read: {}", malformed.getMessage());
            from.cut();
        }
        return true;
    }

    private void receive(Link link, BatchHeader header, ByteBuf frames) {
        arrival = clock.nanos();
        try {
            link.receive(header, frames);
        } catch (MalformedBatchException | IndexOutOfBoundsException malformed) {
            log.error("A batch of member {} cannot be read: {}", link.memberName(), malformed.toString());
            link.startOver();
        }
    }

    /** Fails the streams of members that are gone or silent. */
    void membersChanged(Snapshot snapshot) {
        address = ownAddress(snapshot);
        for (var link : List.copyOf(links.entrySet())) {
            if (!reachable(link.getKey(), snapshot)) {
                links.remove(link.getKey());
                link.getValue().memberLost();
            }
        }
    }

    void tick() {
        var now = clock.nanos();
        List.copyOf(links.values()).forEach(link -> link.tick(now));
        received.check(now);
        lasting.check(window, now);
    }

    /** Null for who is no member: what one that was given up and does not know it yet sends is too late. */
    private @Nullable Link linkOf(LaneAddress source) {
        var known = links.get(source);
        if (known != null) {
            return known;
        }
        return membership
                .snapshot()
                .member(source.node())
                .filter(member -> member.epoch() == source.epoch())
                .map(member -> link(source, member))
                .orElse(null);
    }

    private Link link(LaneAddress remote, Member member) {
        var known = links.get(remote);
        if (known == null) {
            known = new Link(this, member, wire.open(remote));
            links.put(remote, known);
        }
        return known;
    }

    private void flush() {
        var outputs = List.copyOf(unflushed);
        unflushed.clear();
        outputs.forEach(LinkOutput::flush);
    }

    private LaneAddress ownAddress(Snapshot snapshot) {
        var self = self(snapshot);
        return new LaneAddress(self.id(), self.epoch(), index);
    }

    private static Member self(Snapshot snapshot) {
        return snapshot.member(snapshot.self()).orElseThrow();
    }

    private static boolean reachable(LaneAddress remote, Snapshot snapshot) {
        var member = snapshot.member(remote.node());
        return member.isPresent() && member.get().heard() && member.get().epoch() == remote.epoch();
    }
}
