package io.colonnade.it;

import static io.colonnade.it.RawWebSocket.BINARY;
import static io.colonnade.it.RawWebSocket.CLOSE;
import static io.colonnade.it.RawWebSocket.PING;
import static io.colonnade.it.RawWebSocket.PONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WebSocket of a client at one node, of a site at another, by way of a third. */
class WebSocketNodesIT {
    @Test
    void worksWithEveryTierOnANodeOfItsOwnAndIsToldOfTheLossOfTheSites(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var balancer = cluster.begin(launch -> launch.with("--site", site, "--roles", "balancer"));
            var web = cluster.begin(launch -> launch.with("--site", site, "--roles", "web"));
            var app = cluster.begin(launch -> launch.with("--site", site, "--roles", "app,db"));
            cluster.alive().forEach(Node::awaitReady);
            cluster.awaitAgreement();
            try (var socket = RawWebSocket.connect(balancer.port(), "/websocket")) {
                assertThat(socket.answer().status())
                        .as(socket.answer()::toString)
                        .isEqualTo(101);
                assertThat(socket.answer().field("x-web-node")).contains(web.name());
                assertThat(socket.answer().field("x-app-node")).contains(app.name());
                assertThat(socket.sendText("hello").read().text()).isEqualTo("hello");
                var big = Buffer.buffer("x".repeat(60_000));
                assertThat(socket.send(true, BINARY, big).read().payload()).isEqualTo(big);
                assertThat(socket.send(true, PING, Buffer.buffer("?")).read().opcode())
                        .isEqualTo(PONG);
                app.kill9();
                var close = socket.read();
                assertThat(close.opcode()).isEqualTo(CLOSE);
                assertThat(close.code()).isEqualTo(1012);
                assertThat(socket.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void closesWithTheCodeThatTheSiteGives(@TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).toString();
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(2, launch -> launch.with("--site", site));
            for (var i = 0; i < 10; i++) {
                try (var socket = RawWebSocket.connect(nodes.get(0).port(), "/websocket")) {
                    var close = socket.sendText("close").read();
                    assertThat(close.code()).isEqualTo(1000);
                    assertThat(close.text()).endsWith("as asked");
                    socket.send(true, CLOSE, close.payload());
                    assertThat(socket.isClosedByPeer()).isTrue();
                }
            }
        }
    }
}
