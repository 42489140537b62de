package io.colonnade.admin;

import io.colonnade.cluster.Order;
import io.vertx.core.Future;

/** Gives orders to members of the cluster. */
public interface OrderSender {
    /** Completes when the member has been asked; fails if it could not be reached, or refuses. May be called on any event loop. */
    Future<Void> give(String member, Order order);
}
