package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.Order;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the orders that members of the cluster send to this node. */
final class OrderExecution implements Function<Order, Future<Void>> {
    private static final Logger log = LoggerFactory.getLogger(OrderExecution.class);

    private final Cluster cluster;
    private final Draining draining;
    private final Promise<Void> stopAsked;

    OrderExecution(Cluster cluster, Draining draining, Promise<Void> stopAsked) {
        this.cluster = cluster;
        this.draining = draining;
        this.stopAsked = stopAsked;
    }

    @Override
    public Future<Void> apply(Order order) {
        return switch (order.kind()) {
            case DRAIN -> draining.drain(true);
            case UNDRAIN -> draining.drain(false);
            case STOP -> stop();
            case WEIGH -> weigh(order.weight());
        };
    }

    private Future<Void> stop() {
        stopAsked.tryComplete();
        return Future.succeededFuture();
    }

    private Future<Void> weigh(int weight) {
        log.info("the weight is now {}", weight);
        cluster.announceWeight(weight);
        return Future.succeededFuture();
    }
}
