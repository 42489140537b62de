package io.colonnade.store.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.store.pool.Pools;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.ServerSource;
import io.colonnade.store.server.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private final Vertx vertx = Vertx.vertx();
    private volatile List<Server> servers = List.of(server(1));

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void followsServersThatComeAndGo() {
        var monitor = new Monitor(
                vertx, new Changing(), new Pools(vertx, StoreConfig.DEFAULTS, Clock.system())::single, Clock.system());
        monitor.start();
        await().untilAsserted(() -> assertThat(watched(monitor)).containsExactly(server(1)));

        servers = List.of(server(1), server(2));
        await().untilAsserted(() -> assertThat(watched(monitor)).containsExactly(server(1), server(2)));

        servers = List.of(server(2));
        await().untilAsserted(() -> assertThat(watched(monitor)).containsExactly(server(2)));
        monitor.stop().await();
    }

    private static List<Server> watched(Monitor monitor) {
        return monitor.topology().servers().stream().map(ProbeResult::server).toList();
    }

    /** Nobody listens there. */
    private static Server server(int port) {
        return new Server("server-" + port, new Address("127.0.0.1", port), "user", "password");
    }

    private final class Changing implements ServerSource {
        @Override
        public String kind() {
            return "changing";
        }

        @Override
        public Future<Void> start() {
            return Future.succeededFuture();
        }

        @Override
        public List<Server> servers() {
            return servers;
        }

        @Override
        public void stop() {}
    }
}
