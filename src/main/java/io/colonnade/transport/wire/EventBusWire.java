package io.colonnade.transport.wire;

import io.colonnade.transport.frame.LaneAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Carries batches as messages of the clustered event bus, on one connection for each direction between two lanes. */
public final class EventBusWire implements Wire {
    private final EventBus eventBus;

    public EventBusWire(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    @Override
    public Line open(LaneAddress to) {
        return new BusLine(eventBus.sender(to.onBus()));
    }

    private record BusLine(MessageProducer<Buffer> producer) implements Line {
        @Override
        public ByteBuf buffer() {
            return Unpooled.buffer(FIRST_CAPACITY);
        }

        @Override
        public Future<Void> send(ByteBuf batch) {
            return BusWrites.write(producer, BufferInternal.buffer(batch));
        }

        @Override
        public void flush() {
            // The event bus flushes at each message.
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
