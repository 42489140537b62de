package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitQueueTest {
    private final Vertx vertx = Vertx.vertx();
    private final WaitQueue turns = new WaitQueue(vertx, 1, 1, Duration.ofSeconds(60));

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void theNextInLineHasTheTurnThatIsGivenBack() {
        assertThat(turns.take().succeeded()).isTrue();
        var second = turns.take();
        assertThat(second.isComplete()).isFalse();
        assertThat(turns.waiting()).isEqualTo(1);

        turns.giveBack();

        await().until(second::succeeded);
        assertThat(turns.taken()).isEqualTo(1);
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void theLineIsBounded() {
        turns.take();
        turns.take();

        assertThat(turns.take().cause()).isInstanceOf(ConnectionPoolTooBusyException.class);
    }

    @Test
    void whoWaitsForTooLongLeavesTheLine() {
        var impatient = new WaitQueue(vertx, 1, 1, Duration.ofMillis(20));
        impatient.take();
        var second = impatient.take();

        await().until(second::failed);
        assertThat(second.cause()).isInstanceOf(TimeoutException.class);
        assertThat(impatient.waiting()).isZero();

        impatient.giveBack();
        assertThat(impatient.taken()).isZero();
    }
}
