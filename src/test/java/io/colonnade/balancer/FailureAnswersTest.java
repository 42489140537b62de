package io.colonnade.balancer;

import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FailureAnswersTest {
    private static final String GET = OpenPort.GET;
    private static final String POST = OpenPort.POST;
    private final OpenPort node = new OpenPort();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void answers503WhenNobodyCan() throws IOException {
        node.membership.snapshot = snapshot(member(1).roles(Role.BALANCER));
        try (var client = node.client()) {
            assertThat(client.send("GET / HTTP/1.1\nHost: www.foobar.com\nAccept: application/json\n\n")
                            .response())
                    .startsWith("HTTP/1.1 503")
                    .contains("retry-after: 1", "application/problem+json", "\"status\":503");
        }
    }

    @Test
    void triesAnotherMemberWhenOneIsLost() throws IOException {
        node.membership.snapshot = snapshot(member(1), member(2), member(3));
        try (var client = node.client()) {
            for (var i = 0; i < 9; i++) {
                assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(node.port.status().getInteger("retries")).isPositive();
    }

    @Test
    void doesNotCountMembersThatWereLostBeforeAnythingLeft() throws IOException {
        var tries = new AtomicInteger();
        node.membership.snapshot = OpenPort.onlyOthersAnswer();
        node.remote = (exchange, to, tier) ->
                tries.incrementAndGet() < 5 ? OpenPort.lost(Progress.NOTHING) : OpenPort.echo(exchange);
        try (var client = node.client()) {
            assertThat(client.send(POST).response()).startsWith("HTTP/1.1 200");
        }
        assertThat(tries).hasValue(5);
    }

    @Test
    void givesUpAfterThreeMembersThatMayHaveDiedOfTheRequest() throws IOException {
        var tries = new AtomicInteger();
        node.membership.snapshot = OpenPort.onlyOthersAnswer();
        node.remote = (exchange, to, tier) ->
                OpenPort.lost(tries.incrementAndGet() == 2 ? Progress.NOTHING : Progress.REQUEST);
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 502");
        }
        assertThat(tries).hasValue(4);
    }

    @Test
    void doesNotRepeatWhatIsNotIdempotent() throws IOException {
        node.local = exchange -> OpenPort.lost(Progress.REQUEST);
        try (var client = node.client()) {
            assertThat(client.send(POST).response()).startsWith("HTTP/1.1 502");
        }
        assertThat(node.port.status().getInteger("retries")).isZero();
    }

    @Test
    void givesUpAfterThreeAttempts() throws IOException {
        node.local = exchange -> OpenPort.lost(Progress.REQUEST);
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 502");
        }
        assertThat(node.port.status().getInteger("retries")).isEqualTo(2);
    }

    @Test
    void neverLetsABrokenAnswerLookWhole() throws IOException {
        node.local = exchange ->
                exchange.response().setChunked(true).write("half").compose(v -> OpenPort.lost(Progress.RESPONSE));
        try (var client = node.client()) {
            client.send(GET);
            assertThatThrownBy(client::response)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("half")
                    .hasMessageEndingWith("PREMATURE");
        }
    }

    @Test
    void endsABrokenStreamOfEventsAsAWholeOne() throws IOException {
        node.local = exchange -> {
            var response = exchange.response().setChunked(true).putHeader("content-type", "text/event-stream");
            return response.write("data: 1\n\n").compose(v -> OpenPort.lost(Progress.RESPONSE));
        };
        try (var client = node.client()) {
            assertThat(client.send(GET).rest()).endsWith("\r\n9\r\ndata: 1\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void answers504WhenNoHeadComesInTime() throws IOException {
        node.local = exchange -> Promise.<Void>promise().future();
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 504");
        }
    }

    @Test
    void answers408ToASlowHeadAndToASlowBody() throws IOException {
        node.local = OpenPort::echoBody;
        try (var client = node.client()) {
            assertThat(client.send("GET / HTT").rest()).startsWith("HTTP/1.1 408");
        }
        try (var client = node.client()) {
            assertThat(client.send("POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 5\n\nab")
                            .rest())
                    .startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void tellsTheCarrierThatItsTimeIsOver() throws IOException {
        var told = carryWithoutAnswer();
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 504");
        }
        assertThat(told.get().kind()).isEqualTo(Kind.RESPONSE_TIMEOUT);
    }

    @Test
    void tellsTheCarrierThatTheClientHasGone() throws IOException {
        var told = carryWithoutAnswer();
        try (var client = node.client()) {
            client.send(GET);
            await().until(() -> node.port.status().getInteger("inFlight") == 1);
        }
        await().until(() -> told.get() != null && told.get().kind() == Kind.DOWNSTREAM_CLOSED);
        assertThat(node.port.status().getInteger("inFlight")).isZero();
        assertThat(node.port.status().getInteger("errors")).isZero();
    }

    @Test
    void cutsAResponseThatStandsStill() throws IOException {
        node.local = exchange -> {
            exchange.response().setChunked(true).write("half");
            return Promise.<Void>promise().future();
        };
        try (var client = node.client()) {
            client.send(GET);
            assertThatThrownBy(client::response)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("half")
                    .hasMessageEndingWith("PREMATURE");
        }
        assertThat(node.port.status().getJsonObject("failures").getInteger("response-timeout"))
                .isEqualTo(1);
    }

    @Test
    void cutsAResponseWhoseTierIsDoneAndWhoseClientDoesNotRead() throws IOException {
        node.local = exchange -> {
            exchange.response().setChunked(true).write("x".repeat(32 << 20));
            exchange.response().end("the end waits behind what is not read");
            return Future.succeededFuture();
        };
        try (var client = node.client()) {
            client.send(GET);
            await().until(() -> node.port.status().getInteger("inFlight") == 1);
            await().until(() -> node.port.status().getInteger("connections") == 0);
        }
        assertThat(node.port.status().getInteger("inFlight")).isZero();
        assertThat(node.port.status().getInteger("errors")).isEqualTo(1);
    }

    @Test
    void answersAClientThatATierTakesForGoneAndThatIsNot() throws IOException {
        node.local = exchange ->
                Future.failedFuture(new Failure(Kind.DOWNSTREAM_CLOSED, Progress.REQUEST, "it seems to be gone"));
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 499");
        }
    }

    @Test
    void answersWhenATierThrows() throws IOException {
        node.local = exchange -> {
            throw new IllegalStateException("a defect that a test makes");
        };
        try (var client = node.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 500");
        }
    }

    @Test
    void saysOfASlowHeadWhatEveryResponseSays() throws IOException {
        try (var client = node.client()) {
            assertThat(client.send("GET / HTT").rest())
                    .startsWith("HTTP/1.1 408")
                    .contains("connection: close", "date: ", "x-request-id: ", "<h1>Request Timeout</h1>");
        }
    }

    /** Gives what the carrier of the next exchange is told; no answer comes of it. */
    private AtomicReference<Failure> carryWithoutAnswer() {
        var told = new AtomicReference<Failure>();
        node.local = exchange -> {
            exchange.carriedBy(told::set);
            return Promise.<Void>promise().future();
        };
        return told;
    }
}
