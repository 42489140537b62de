package io.colonnade.transport.wire;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageProducer;

/**
 * Writes to the event bus. Where the connection to the other node is just being closed, Vert.x 5.0 throws out of {@code write} instead of
 * failing its future: {@code OutboundConnection.writeMessage} completes a promise that is complete already. That would end what the
 * caller does, and be logged with its stack at every second stop.
 */
public final class BusWrites {
    private BusWrites() {}

    /** As {@link MessageProducer#write}, but never throws. */
    public static <T> Future<Void> write(MessageProducer<T> producer, T body) {
        try {
            return producer.write(body);
        } catch (IllegalStateException closing) {
            return Future.failedFuture(closing);
        }
    }
}
