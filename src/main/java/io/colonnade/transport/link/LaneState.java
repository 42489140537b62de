package io.colonnade.transport.link;

import io.colonnade.core.Clock;
import io.colonnade.core.LastingResponses;
import io.colonnade.transport.frame.LaneAddress;
import io.colonnade.transport.frame.TextCache;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;

/** What all links of a lane share: its address, settings, clock and figures, and what is due when the event loop's tick ends. */
public final class LaneState {
    private final ContextInternal context;
    private final TransportConfig config;
    private final Clock clock;
    private final int protocol;
    private final TextCache texts = new TextCache();
    private final List<Runnable> unflushed = new ArrayList<>();
    private final LastingResponses lasting = new LastingResponses();
    private final Gauge streams = new Gauge();
    private final Gauge buffered = new Gauge();
    private final Gauge outstanding = new Gauge();
    private final Gauge directLinks = new Gauge();
    private long arrival;
    private LaneAddress address;

    /** @param protocol the protocol that this node speaks with those that speak it too */
    public LaneState(ContextInternal context, LaneAddress address, int protocol, TransportConfig config, Clock clock) {
        this.context = context;
        this.address = address;
        this.protocol = protocol;
        this.config = config;
        this.clock = clock;
    }

    public ContextInternal context() {
        return context;
    }

    public LaneAddress address() {
        return address;
    }

    /** The node has a new epoch. */
    public void address(LaneAddress newAddress) {
        address = newAddress;
    }

    int protocol() {
        return protocol;
    }

    public TransportConfig config() {
        return config;
    }

    public Clock clock() {
        return clock;
    }

    public long nanos() {
        return clock.nanos();
    }

    TextCache texts() {
        return texts;
    }

    /** The event streams and upgraded connections of other members' clients that are answered here. A drain ends them. */
    public LastingResponses lasting() {
        return lasting;
    }

    /** Notes that a batch has arrived. */
    void arrives() {
        arrival = clock.nanos();
    }

    /** When the batch that is being received arrived. Reading the clock for every frame would cost more than it is worth. */
    public long arrival() {
        return arrival;
    }

    /** Streams that are open at this lane, whoever opened them. */
    public Gauge streams() {
        return streams;
    }

    /** Bytes of bodies that wait at this lane, to be sent or to be read. */
    public Gauge buffered() {
        return buffered;
    }

    /** Bytes of bodies that this lane has sent and the other ends have not reported as received. */
    public Gauge outstanding() {
        return outstanding;
    }

    /** Links whose batches leave by a direct line. */
    public Gauge directLinks() {
        return directLinks;
    }

    /**
     * Runs the flush when the current tick of the event loop ends, so that everything that the tick writes for one lane leaves as one
     * batch. It runs on the lane's context, because the event bus opens its connection there.
     */
    void flushLater(Runnable flush) {
        if (unflushed.isEmpty()) {
            context.runOnContext(tickEnds -> flush());
        }
        unflushed.add(flush);
    }

    private void flush() {
        var flushes = List.copyOf(unflushed);
        unflushed.clear();
        flushes.forEach(Runnable::run);
    }
}
