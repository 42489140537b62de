package io.colonnade.store;

import static org.awaitility.Awaitility.await;

import io.colonnade.config.Settings;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.it.database.Replication;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where reads go, with real replicas; their ids are 1, the primary, 2 and 3. */
class ReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int READS = 50;

    @Test
    void readsGoToReplicasThatAreNotTooFarBehindAndElseToThePrimary() throws Exception {
        var vertx = Vertx.vertx();
        try (var replication = Replication.open()) {
            replication.primary().execute("CREATE DATABASE board_site");
            var second = replication.replicas().get(0);
            var third = replication.replicas().get(1);
            var store = opened(vertx, replication);
            var reader = store.database("site", new SiteDatabase.Migrations(Path.of(""), ""))
                    .reader();
            try {
                awaitReaders(reader, 2, 3);

                replication.stopApplying(second);
                replication.primary().execute("CREATE DATABASE board_more");
                awaitReaders(reader, 3);

                replication.stopApplying(third);
                replication.primary().execute("DROP DATABASE board_more");
                awaitReaders(reader, 1);

                replication.resumeApplying(third);
                awaitReaders(reader, 3);

                third.kill9();
                awaitReaders(reader, 1);

                replication.resumeApplying(second);
                awaitReaders(reader, 2);
            } finally {
                store.stop().await();
            }
        } finally {
            vertx.close().await();
        }
    }

    private static Store opened(Vertx vertx, Replication replication) {
        var hosts = replication.servers().stream()
                .map(server -> new Address("127.0.0.1", server.port()))
                .toList();
        var config = new DatabaseConfig("embedded", hosts, "board", "board", TlsMode.DISABLED, "");
        var settings = Settings.of(StoreConfig.DEFAULTS);
        settings.set("max-lag", "3s", "the test");
        var store = Store.open(
                vertx, settings.bind(), new Database.External(config, "secret"), new MapInMemory(), Clock.system());
        store.start().await();
        return store;
    }

    /** Waits until all reads, and there are many, are answered by just these. No read may fail meanwhile. */
    private static void awaitReaders(Pool reader, Integer... ids) {
        await().atMost(PATIENCE).until(() -> answering(reader).equals(Set.of(ids)));
    }

    /** Who answers reads that are made at once: one after the other they would all go to the fastest. */
    private static Set<Integer> answering(Pool reader) {
        var reads = Stream.generate(() -> reader.query("SELECT @@server_id").execute())
                .limit(READS)
                .toList();
        return reads.stream()
                .map(read -> read.await().iterator().next().getInteger(0))
                .collect(Collectors.toSet());
    }
}
