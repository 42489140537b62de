package io.colonnade.app.verticle;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.MessageProducer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cluster's event bus for a site: without the node's own addresses, and without methods that change all messages. */
final class GuardedEventBus implements EventBus {
    private final EventBus bus;

    GuardedEventBus(EventBus bus) {
        this.bus = bus;
    }

    @Override
    public EventBus send(String address, @Nullable Object message) {
        bus.send(open(address), message);
        return this;
    }

    @Override
    public EventBus send(String address, @Nullable Object message, DeliveryOptions options) {
        bus.send(open(address), message, options);
        return this;
    }

    @Override
    public <T> Future<Message<T>> request(String address, @Nullable Object message, DeliveryOptions options) {
        return bus.request(open(address), message, options);
    }

    @Override
    public EventBus publish(String address, @Nullable Object message) {
        bus.publish(open(address), message);
        return this;
    }

    @Override
    public EventBus publish(String address, @Nullable Object message, DeliveryOptions options) {
        bus.publish(open(address), message, options);
        return this;
    }

    @Override
    public <T> MessageConsumer<T> consumer(MessageConsumerOptions options) {
        open(options.getAddress());
        return bus.consumer(options);
    }

    @Override
    public <T> MessageConsumer<T> consumer(MessageConsumerOptions options, Handler<Message<T>> handler) {
        open(options.getAddress());
        return bus.consumer(options, handler);
    }

    @Override
    public <T> MessageConsumer<T> consumer(String address) {
        return bus.consumer(open(address));
    }

    @Override
    public <T> MessageConsumer<T> consumer(String address, Handler<Message<T>> handler) {
        return bus.consumer(open(address), handler);
    }

    @Override
    public <T> MessageConsumer<T> localConsumer(String address) {
        return bus.localConsumer(open(address));
    }

    @Override
    public <T> MessageConsumer<T> localConsumer(String address, Handler<Message<T>> handler) {
        return bus.localConsumer(open(address), handler);
    }

    @Override
    public <T> MessageProducer<T> sender(String address) {
        return bus.sender(open(address));
    }

    @Override
    public <T> MessageProducer<T> sender(String address, DeliveryOptions options) {
        return bus.sender(open(address), options);
    }

    @Override
    public <T> MessageProducer<T> publisher(String address) {
        return bus.publisher(open(address));
    }

    @Override
    public <T> MessageProducer<T> publisher(String address, DeliveryOptions options) {
        return bus.publisher(open(address), options);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public EventBus registerCodec(MessageCodec codec) {
        bus.registerCodec(codec);
        return this;
    }

    @Override
    public EventBus unregisterCodec(String name) {
        bus.unregisterCodec(name);
        return this;
    }

    @Override
    public <T> EventBus registerDefaultCodec(Class<T> type, MessageCodec<T, ?> codec) {
        bus.registerDefaultCodec(type, codec);
        return this;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public EventBus unregisterDefaultCodec(Class type) {
        bus.unregisterDefaultCodec(type);
        return this;
    }

    @Override
    public EventBus codecSelector(Function<Object, String> selector) {
        throw refused("choose the codecs of");
    }

    @Override
    public <T> EventBus addOutboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        throw refused("intercept");
    }

    @Override
    public <T> EventBus removeOutboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        throw refused("intercept");
    }

    @Override
    public <T> EventBus addInboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        throw refused("intercept");
    }

    @Override
    public <T> EventBus removeInboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        throw refused("intercept");
    }

    @Override
    public EventBus clusterSerializableChecker(Function<String, Boolean> allowed) {
        throw refused("choose the classes of");
    }

    @Override
    public EventBus serializableChecker(Function<String, Boolean> allowed) {
        throw refused("choose the classes of");
    }

    @Override
    public boolean isMetricsEnabled() {
        return bus.isMetricsEnabled();
    }

    private static String open(String address) {
        if (address.startsWith("colonnade:") || address.startsWith("__vertx")) {
            throw new UnsupportedOperationException(
                    "the event bus address " + address + " belongs to the node; name the site's own differently");
        }
        return address;
    }

    private static UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException("a site cannot " + what + " all messages of the node");
    }
}
