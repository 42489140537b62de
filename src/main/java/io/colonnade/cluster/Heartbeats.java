package io.colonnade.cluster;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/** Carries beats between members; the transport implements it. */
public interface Heartbeats {
    /** Sends a beat to a member, at most once. Fails if it could not be written. */
    Future<Void> send(Member to, Buffer beat);

    /** Sets the handler of the beats that arrive; called on the event loop of the bus. */
    void receive(Handler<Buffer> handler);
}
