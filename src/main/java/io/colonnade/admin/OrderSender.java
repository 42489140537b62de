package io.colonnade.admin;

import io.colonnade.cluster.Order;
import io.vertx.core.Future;

/** Sends orders to members of the cluster. */
public interface OrderSender {
    /**
     * Sends an order. The future completes when the member has accepted it, and fails if the member cannot be reached or
     * refuses. May be called on any event loop.
     */
    Future<Void> give(String member, Order order);
}
