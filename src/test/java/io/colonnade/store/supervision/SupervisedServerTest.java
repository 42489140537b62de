package io.colonnade.store.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedServerTest {
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @Test
    void tellsWhyItsLastRoundFailedUntilOneSucceeds() {
        var server = new SupervisedServer("galera", Duration.ofMillis(1), admitted -> new Waiting(broken));
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

    @Test
    void isRefusedHoweverLateTheClusterSaysSo() {
        var refusals = new AtomicInteger();
        var server = new SupervisedServer("embedded", Duration.ofMillis(1), admitted -> new Refused(broken, refusals));
        try {
            var start = server.start();
            await().until(() -> server.problem().equals("it is broken"));
            assertThat(start.isComplete()).isFalse();

            broken.set(false);

            await().until(start::failed);
            assertThat(start.cause()).isInstanceOf(StoreException.class);
            assertThat(server.problem()).isEqualTo("not here");
        } finally {
            server.stop();
        }
        assertThat(refusals).hasValue(1);
    }

    @Test
    void isAdmittedBeforeTheServerRuns() {
        var server = new SupervisedServer("embedded", Duration.ofMillis(1), admitted -> {
            admitted.run();
            return new Waiting(broken);
        });
        try {
            var start = server.start();
            await().until(start::succeeded);
            await().until(() -> server.problem().equals("it is broken"));
        } finally {
            server.stop();
        }
    }

    private record Refused(AtomicBoolean broken, AtomicInteger refusals) implements Supervised {
        @Override
        public List<Server> round() throws IOException {
            if (broken.get()) {
                throw new IOException("it is broken");
            }
            refusals.incrementAndGet();
            throw new StoreException("not here");
        }

        @Override
        public String problem() {
            return "";
        }

        @Override
        public void leave() {}
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
