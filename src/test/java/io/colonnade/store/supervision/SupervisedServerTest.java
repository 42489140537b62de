package io.colonnade.store.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.store.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SupervisedServerTest {
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @Test
    void tellsWhyItsLastRoundFailedUntilOneSucceeds() {
        var server = new SupervisedServer("galera", Duration.ofMillis(1), () -> new Waiting(broken));
        try {
            assertThat(server.problem()).isEmpty();
            server.start();
            await().until(() -> server.problem().equals("it is broken"));

            broken.set(false);

            await().until(() -> server.problem().equals("it waits"));
        } finally {
            server.stop();
        }
    }

    private record Waiting(AtomicBoolean broken) implements Supervised {
        @Override
        public List<Server> round() throws IOException {
            if (broken.get()) {
                throw new IOException("it is broken");
            }
            return List.of();
        }

        @Override
        public String problem() {
            return "it waits";
        }

        @Override
        public void leave() {}
    }
}
