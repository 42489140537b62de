package io.colonnade.app;

import io.colonnade.core.Topics;
import io.vertx.core.Handler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Topics of one process. */
final class LocalTopics implements Topics {
    record Entry(String topic, Handler<Object> handler) {}

    final Map<Entry, Subscription> subscriptions = new ConcurrentHashMap<>();

    @Override
    public void publish(String topic, Object json) {
        subscriptions.keySet().stream()
                .filter(entry -> entry.topic().equals(topic))
                .forEach(entry -> entry.handler().handle(json));
    }

    @Override
    public Subscription subscribe(String topic, Handler<Object> handler) {
        var entry = new Entry(topic, handler);
        Subscription subscription = () -> subscriptions.remove(entry);
        subscriptions.put(entry, subscription);
        return subscription;
    }
}
