package io.colonnade.transport;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;

/** Carries batches as messages of the clustered event bus, on one connection for each direction between two lanes. */
final class EventBusWire implements Wire {
    private final EventBus eventBus;

    EventBusWire(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    @Override
    public Line open(LaneAddress to) {
        return new BusLine(eventBus.sender(to.onBus()));
    }

    private record BusLine(MessageProducer<Buffer> producer) implements Line {
        @Override
        public Future<Void> send(Buffer batch) {
            return producer.write(batch);
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
