package io.colonnade.transport;

import io.colonnade.cluster.Snapshot;
import io.colonnade.core.DrainWindow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Gives a lane's transport what comes from outside its event loop: batches, changes of the membership, and the time. */
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
        this.address = lane.address();
        this.consumer = listen();
        this.timer = lane.context().owner().setPeriodic(TICK_MILLIS, id -> lane.tick());
    }

    void membersChanged(Snapshot snapshot) {
        lane.context().runOnContext(v -> {
            lane.membersChanged(snapshot);
            if (!lane.address().equals(address)) {
                listenAnew();
            }
        });
    }

    void drain(@Nullable DrainWindow window) {
        lane.context().runOnContext(v -> lane.drain(window));
    }

    Future<Void> close() {
        lane.context().owner().cancelTimer(timer);
        var direct = lane.direct();
        return direct == null
                ? consumer.unregister()
                : Future.join(consumer.unregister(), direct.close()).mapEmpty();
    }

    long streams() {
        return lane.streams().get();
    }

    JsonObject status() {
        return new JsonObject()
                .put("streams", lane.streams().get())
                .put("directLinks", lane.directLinks().get())
                .put("bufferedBytes", lane.buffered().get())
                .put("outstandingBytes", lane.outstanding().get());
    }

    /** The node has a new epoch: nothing that was meant for the last one may reach it. */
    private void listenAnew() {
        consumer.unregister();
        address = lane.address();
        consumer = listen();
    }

    private MessageConsumer<Buffer> listen() {
        return eventBus.consumer(address.onBus(), batch -> lane.receive(batch.body()));
    }
}
