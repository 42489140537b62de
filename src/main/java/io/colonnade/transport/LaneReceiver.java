package io.colonnade.transport;

import io.colonnade.cluster.Snapshot;
import io.colonnade.core.DrainWindow;
import io.colonnade.transport.frame.LaneAddress;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Gives a lane's transport what arrives from outside its event loop: batches, changes of the membership, and ticks. */
final class LaneReceiver {
    private static final long TICK_MILLIS = 250;

    private final LaneTransport lane;
    private final EventBus eventBus;
    private final long timer;
    private LaneAddress address;
    private MessageConsumer<Buffer> consumer;

    LaneReceiver(LaneTransport lane, EventBus eventBus) {
        this.lane = lane;
        this.eventBus = eventBus;
        this.address = lane.state().address();
        this.consumer = listen();
        this.timer = context().owner().setPeriodic(TICK_MILLIS, id -> lane.tick());
    }

    void membersChanged(Snapshot snapshot) {
        context().runOnContext(v -> {
            lane.membersChanged(snapshot);
            if (!lane.state().address().equals(address)) {
                listenAnew();
            }
        });
    }

    void drain(@Nullable DrainWindow window) {
        context().runOnContext(v -> lane.drain(window));
    }

    /**
     * Ends the lane's service. It goes on to listen until Vert.x is closed: a member that has not heard yet that this node leaves is
     * told so at once, while a batch that nobody receives would cost its exchange the seconds until the bus's connection ends.
     */
    Future<Void> close() {
        context().owner().cancelTimer(timer);
        context().runOnContext(v -> lane.stopServing());
        return lane.close();
    }

    long streams() {
        return lane.state().streams().get();
    }

    JsonObject status() {
        var state = lane.state();
        return new JsonObject()
                .put("streams", state.streams().get())
                .put("directLinks", state.directLinks().get())
                .put("bufferedBytes", state.buffered().get())
                .put("outstandingBytes", state.outstanding().get());
    }

    /** The node has a new epoch: messages for the last epoch must not reach it. */
    private void listenAnew() {
        consumer.unregister();
        address = lane.state().address();
        consumer = listen();
    }

    private ContextInternal context() {
        return lane.state().context();
    }

    private MessageConsumer<Buffer> listen() {
        return eventBus.consumer(address.onBus(), batch -> lane.receive(batch.body()));
    }
}
