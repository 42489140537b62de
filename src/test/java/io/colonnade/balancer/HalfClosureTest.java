package io.colonnade.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that stop sending, and may still read. */
@Timeout(30)
class HalfClosureTest {
    private final OpenPort node = new OpenPort();

    @BeforeEach
    void waitForThem() throws Exception {
        var lanes = new CountDownLatch(2);
        node.port.configure(BalancerConfig.DEFAULTS);
        node.onLane(lanes::countDown);
        lanes.await();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void answersAllThatHasArrivedWhole() throws Exception {
        try (var client = node.client()) {
            var said = client.send(OpenPort.get("/1") + OpenPort.get("/2"))
                    .sendEnd()
                    .rest();
            assertThat(said).contains("GET /1").contains("GET /2");
        }
    }

    @Test
    void waitsForTheAnswer() throws Exception {
        var asked = new CompletableFuture<Void>();
        var answer = Promise.<Void>promise();
        node.local = exchange -> {
            asked.complete(null);
            return answer.future().compose(v -> exchange.response().end("late"));
        };
        try (var client = node.client()) {
            client.send(OpenPort.GET).sendEnd();
            asked.get(5, TimeUnit.SECONDS);
            node.onLane(() -> answer.tryComplete());
            assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("late");
        }
    }

    @Test
    void takesAClientForGoneThatWaitsTooLong() throws Exception {
        var gone = new CompletableFuture<Void>();
        node.local = exchange -> {
            exchange.response().closeHandler(v -> gone.complete(null));
            return Promise.<Void>promise().future();
        };
        try (var client = node.client()) {
            assertThat(client.send(OpenPort.GET).sendEnd().rest()).isEmpty();
            gone.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsAStreamOfEventsWhoseClientStopsSending() throws Exception {
        var gone = new CompletableFuture<Void>();
        node.local = exchange -> {
            exchange.response().putHeader("content-type", "text/event-stream").setChunked(true);
            exchange.response().closeHandler(v -> gone.complete(null));
            return exchange.response().write("data: 1").compose(v -> Promise.<Void>promise()
                    .future());
        };
        try (var client = node.client()) {
            client.send(OpenPort.GET).sendEnd();
            gone.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void answersHalfAHeadWith400AndHalfABodyNotAtAll() throws Exception {
        node.local = OpenPort::echoBody;
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.1\nHost: www.foo").sendEnd().rest())
                    .startsWith("HTTP/1.1 400");
        }
        try (var client = node.client()) {
            client.send("POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 50\n\nhello");
            assertThat(client.sendEnd().rest()).isEmpty();
        }
    }
}
