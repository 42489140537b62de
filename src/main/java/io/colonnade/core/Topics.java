package io.colonnade.core;

import io.vertx.core.Handler;

/** Publish and subscribe to every node of the cluster; at most once, in the order each node published. */
public interface Topics {
    /** Delivers the message to every subscriber of the topic on every living member, this node's own included. */
    void publish(String topic, Object json);

    /** Subscribes; the handler runs on the context of the caller. Closing the answer ends the subscription. */
    Subscription subscribe(String topic, Handler<Object> handler);

    /** A subscription that lasts until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
