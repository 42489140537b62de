package io.colonnade.transport;

import io.colonnade.cluster.Heartbeats;
import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Clock;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.NodeId;
import io.colonnade.core.StatusSource;
import io.colonnade.core.Topics;
import io.colonnade.transport.frame.BusAddress;
import io.colonnade.transport.link.TransportConfig;
import io.colonnade.transport.wire.BusWrites;
import io.colonnade.transport.wire.EventBusWire;
import io.colonnade.transport.wire.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The node's use of the event bus: exchanges lane by lane, heartbeats, and topics. */
public final class Transport implements Heartbeats, StatusSource {
    private static final String BEATS = "beats";

    private final Vertx vertx;
    private final Context busContext;
    private final Membership membership;
    private final TransportConfig config;
    private final Clock clock;
    private final Wire wire;
    private final EventBusOptions bus;
    private final BusTopics topics;
    private final Map<NodeId, MessageProducer<Buffer>> beatSenders = new ConcurrentHashMap<>();
    private final List<LaneReceiver> lanes = new CopyOnWriteArrayList<>();

    /**
     * @param busContext a context on the event loop of the bus's connections; not one of a lane
     * @param bus the options that the event bus was made with
     */
    public Transport(
            Vertx vertx,
            Context busContext,
            EventBusOptions bus,
            Membership membership,
            TransportConfig config,
            Clock clock) {
        this.vertx = vertx;
        this.busContext = busContext;
        this.membership = membership;
        this.config = config;
        this.clock = clock;
        this.bus = bus;
        this.wire = new EventBusWire(vertx.eventBus());
        this.topics = new BusTopics(vertx, membership);
        membership.onChange(this::membersChanged);
    }

    /** Opens the transport of a lane. Called on the lane's context. */
    public LaneTransport open(int lane, ContextInternal context) {
        var transport = new LaneTransport(lane, context, wire, config.direct() ? bus : null, membership, config, clock);
        lanes.add(new LaneReceiver(transport, vertx.eventBus()));
        return transport;
    }

    public Topics topics() {
        return topics;
    }

    /**
     * Ends the event streams and upgraded connections that other members opened here, each at a point in the window.
     *
     * @param window the window of the drain; null ends the drain
     */
    public void drain(@Nullable DrainWindow window) {
        lanes.forEach(lane -> lane.drain(window));
    }

    /** Streams that are open at this node's lanes, whoever opened them; on any thread. */
    public long streams() {
        return lanes.stream().mapToLong(LaneReceiver::streams).sum();
    }

    @Override
    public Future<Void> send(Member to, Buffer beat) {
        var sender =
                beatSenders.computeIfAbsent(to.id(), id -> vertx.eventBus().sender(BusAddress.ofAnyEpoch(id, BEATS)));
        // The connection to a member belongs to the context that sends to it first: it must not be a lane's.
        return Future.future(sent ->
                busContext.runOnContext(v -> BusWrites.write(sender, beat).onComplete(sent)));
    }

    @Override
    public void receive(Handler<Buffer> handler) {
        var address = BusAddress.ofAnyEpoch(membership.snapshot().self(), BEATS);
        busContext.runOnContext(v -> vertx.eventBus().<Buffer>consumer(address, beat -> handler.handle(beat.body())));
    }

    /** Ends the lanes' own connections and their service: exchanges that still arrive by the event bus fail with {@code NO_ENDPOINT}. */
    public Future<Void> close() {
        return Future.join(lanes.stream().map(LaneReceiver::close).toList())
                .eventually(topics::close)
                .mapEmpty();
    }

    @Override
    public String name() {
        return "transport";
    }

    @Override
    public JsonObject status() {
        var perLane = new JsonArray();
        lanes.forEach(lane -> perLane.add(lane.status()));
        return new JsonObject().put("lanes", perLane);
    }

    private void membersChanged(Snapshot snapshot) {
        beatSenders.keySet().removeIf(id -> snapshot.member(id).isEmpty());
        lanes.forEach(lane -> lane.membersChanged(snapshot));
    }
}
