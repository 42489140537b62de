package io.colonnade.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.PortRange;
import io.colonnade.it.harness.FreePorts;
import io.colonnade.security.ClusterSecret;
import io.colonnade.security.NodeCertificate;
import io.colonnade.security.Secrets;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections between the lanes of two nodes, encrypted as the event bus is. */
class DirectLinesTest {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private PortRange ports = PortRange.ANY;
    private final DirectLines accepting = lines('1');

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void carriesWhatANodeWithTheSecretSends() throws Exception {
        var line = connect(lines('1')).await(20, TimeUnit.SECONDS);
        send(line, "hello");
        await().untilAsserted(() -> assertThat(received).containsExactly("hello"));
    }

    /** TLS 1.3 tells a client that it is refused only when it has sent something. */
    @Test
    void takesNothingFromANodeWithAnotherSecret() {
        var stranger = lines('2');
        var closed = new AtomicBoolean();
        connect(stranger)
                .onFailure(refused -> closed.set(true))
                .onSuccess(line -> line.onClosed(() -> closed.set(true)))
                .onSuccess(line -> send(line, "let me in"));
        await().untilTrue(closed);
        assertThat(received).isEmpty();
    }

    @Test
    void whatIsSentByAClosedLineFails() throws Exception {
        var line = connect(lines('1')).await(20, TimeUnit.SECONDS);
        line.close();
        assertThat(line.send(line.buffer()).failed()).isTrue();
    }

    @Test
    void eachLaneTakesAPortOfItsOwnOfTheRange() throws Exception {
        var first = FreePorts.block(3);
        ports = new PortRange(first, first + 2);
        var addresses = new TreeSet<Integer>();
        for (var i = 0; i < 3; i++) {
            addresses.add(lines('1').address().await(20, TimeUnit.SECONDS).port());
        }
        assertThat(addresses).containsExactly(first, first + 1, first + 2);
        var oneTooMany = lines('1').address();
        await().until(oneTooMany::failed);
        assertThat(oneTooMany.cause())
                .hasMessage("none of transport.ports, " + first + "-" + (first + 2) + ", is free");
    }

    @Test
    void aPortIsFreeAgainWhenItsLaneIsClosed() throws Exception {
        var first = FreePorts.block(1);
        ports = new PortRange(first, first);
        for (var i = 0; i < 3; i++) {
            var lines = lines('1');
            assertThat(lines.address().await(20, TimeUnit.SECONDS).port()).isEqualTo(first);
            lines.close().await(20, TimeUnit.SECONDS);
        }
    }

    private Future<DirectLine> connect(DirectLines lines) {
        return accepting.address().compose(lines::connect);
    }

    private void send(DirectLine line, String text) {
        var unused = line.send(line.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII)));
        line.flush();
    }

    private DirectLines lines(char secret) {
        var secrets =
                new Secrets(List.of(ClusterSecret.parse(String.valueOf(secret).repeat(64))), false);
        var bus = NodeCertificate.of(secrets).secure(new EventBusOptions().setHost("127.0.0.1"));
        return new DirectLines(vertx, bus, ports, this::receive);
    }

    private boolean receive(ByteBuf batch, DirectLine from) {
        received.add(batch.toString(StandardCharsets.US_ASCII));
        return true;
    }
}
