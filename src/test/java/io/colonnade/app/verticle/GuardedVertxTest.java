package io.colonnade.app.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedVertxTest {
    private final Vertx node = Vertx.vertx();
    private final Vertx vertx = new GuardedVertx(
            ((VertxInternal) node).createEventLoopContext(), GuardedVertxTest.class.getClassLoader(), null);

    @AfterEach
    void close() {
        node.close().await();
    }

    @Test
    void refusesToCloseTheNode() {
        assertThat(vertx.close().cause())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Site.stop()");
        assertThat(node.timer(1).await()).isNull();
    }

    @Test
    void refusesTheNodesAddressesInEveryOperation() {
        List<Consumer<EventBus>> operations = List.of(
                bus -> bus.send("colonnade:a", 1),
                bus -> bus.request("colonnade:a", 1),
                bus -> bus.publish("colonnade:a", 1),
                bus -> bus.consumer("colonnade:a"),
                bus -> bus.consumer("__vertx.a", message -> {}),
                bus -> bus.consumer(new MessageConsumerOptions().setAddress("colonnade:a")),
                bus -> bus.localConsumer("colonnade:a"),
                bus -> bus.sender("colonnade:a"),
                bus -> bus.publisher("__vertx.a"));
        assertThat(operations).allSatisfy(operation -> assertThatThrownBy(() -> operation.accept(vertx.eventBus()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("belongs to the node"));
    }

    @Test
    void refusesToInterceptTheMessagesOfOthers() {
        assertThatThrownBy(() -> vertx.eventBus().addInboundInterceptor(delivery -> delivery.next()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> vertx.eventBus().addOutboundInterceptor(delivery -> delivery.next()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void carriesTheSitesOwnMessages() {
        vertx.eventBus().<Integer>consumer("shop.double", message -> message.reply(message.body() * 2));
        assertThat(vertx.eventBus().<Integer>request("shop.double", 21).await().body())
                .isEqualTo(42);
    }
}
