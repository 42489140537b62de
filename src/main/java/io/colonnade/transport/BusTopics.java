package io.colonnade.transport;

import io.colonnade.cluster.Membership;
import io.colonnade.core.NodeId;
import io.colonnade.core.Topics;
import io.colonnade.transport.frame.BusAddress;
import io.colonnade.transport.wire.BusWrites;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics over one address per node: a message goes to every member once, and there to the topic's subscribers. Only their own node knows
 * of subscriptions, so the cluster holds nothing that could become stale.
 */
final class BusTopics implements Topics {
    private static final Logger log = LoggerFactory.getLogger(BusTopics.class);
    private static final String ADDRESS = "topics";

    private record Subscriber(Context context, Handler<Object> handler) {}

    private final Vertx vertx;
    private final Membership membership;
    private final Map<String, List<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private final MessageConsumer<JsonObject> consumer;

    BusTopics(Vertx vertx, Membership membership) {
        this.vertx = vertx;
        this.membership = membership;
        this.consumer =
                vertx.eventBus().consumer(addressOf(membership.snapshot().self()));
        consumer.handler(message -> deliver(message.body()));
    }

    @Override
    public void publish(String topic, Object json) {
        var message = new JsonObject().put("topic", topic).put("body", json);
        for (var member : membership.snapshot().members()) {
            BusWrites.write(vertx.eventBus().<JsonObject>sender(addressOf(member.id())), message)
                    .onFailure(cause -> log.warn(
                            "A message of topic {} did not reach {}: {}", topic, member.name(), cause.getMessage()));
        }
    }

    @Override
    public Subscription subscribe(String topic, Handler<Object> handler) {
        var subscriber = new Subscriber(vertx.getOrCreateContext(), handler);
        subscribers.compute(topic, (name, others) -> {
            var all = others == null ? new CopyOnWriteArrayList<Subscriber>() : others;
            all.add(subscriber);
            return all;
        });
        return () -> subscribers.computeIfPresent(topic, (name, all) -> {
            all.remove(subscriber);
            return all.isEmpty() ? null : all;
        });
    }

    Future<Void> close() {
        return consumer.unregister();
    }

    private void deliver(JsonObject message) {
        var body = message.getValue("body");
        for (var subscriber : subscribers.getOrDefault(message.getString("topic"), List.of())) {
            subscriber.context.runOnContext(v -> subscriber.handler.handle(body));
        }
    }

    private static String addressOf(NodeId node) {
        return BusAddress.ofAnyEpoch(node, ADDRESS);
    }
}
