package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Clock;
import io.colonnade.it.database.MariaDb;
import io.colonnade.it.database.Replication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store follows the primary of a replication, whatever becomes of it. */
class FailoverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private Replication replication;
    private Store store;
    private Pool pool;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        var scripts = Files.createDirectories(folder.resolve("db/migration"));
        Files.writeString(scripts.resolve("V1__n.sql"), "CREATE TABLE n (n BIGINT PRIMARY KEY);");
        replication = Replication.openSemiSynchronous();
        var config = new DatabaseConfig(replication.url(), List.of(), "", "", TlsMode.DISABLED, "");
        store = Store.open(
                vertx, StoreConfig.DEFAULTS, new Database.External(config, "secret"), new LocalMap(), Clock.system());
        finish(store.start());
        var database = store.database("site", new SiteDatabase.Migrations(folder, ""));
        finish(database.migrate());
        pool = database.pool();
    }

    @AfterEach
    void close() throws Exception {
        finish(store.stop());
        replication.close();
        finish(vertx.close());
    }

    @Test
    void leavesAPrimaryThatIsKilled() throws Exception {
        follows(MariaDb::kill9);
    }

    @Test
    void leavesAPrimaryThatIsFrozenAndDoesNotReturnWhenItThaws() throws Exception {
        var former = replication.primary();
        follows(MariaDb::sigstop);
        former.sigcont();
        await().atMost(PATIENCE).until(() -> role(former).equals("not used"));
        finish(insert(-1));
        assertThat(former.column("SELECT n FROM board_site.n")).doesNotContain("-1");
    }

    @Test
    void leavesAPrimaryThatBecomesReadOnly() throws Exception {
        follows(primary -> primary.readOnly(true));
    }

    @Test
    void waitsForAPrimaryThatIsRestarted() throws Exception {
        replication.primary().kill9();
        await().atMost(PATIENCE).until(() -> !store.available());
        replication.primary().start();
        await().atMost(PATIENCE).until(store::available);
        finish(insert(1));
        assertThat(store.status().getLong("failovers")).isZero();
    }

    interface Event {
        void happensTo(MariaDb primary) throws SQLException;
    }

    /** What was acknowledged is there, and what was not is there once at most, which the key of the table sees to. */
    private void follows(Event event) throws Exception {
        MariaDb next;
        try (var load = new Load()) {
            load.awaitMore(50);
            event.happensTo(replication.primary());
            await().atMost(Duration.ofSeconds(10)).until(() -> !store.available());
            next = replication.mostAdvanced();
            replication.promote(next);
            replication.follow(other(next), next);
            load.awaitMore(50);
            var acknowledged = Set.copyOf(load.acknowledged);
            assertThat(next.column("SELECT n FROM board_site.n")).containsAll(acknowledged);
        }
        assertThat(store.status().getLong("failovers")).isEqualTo(1);
        assertThat(role(next)).isEqualTo("primary");
    }

    private MariaDb other(MariaDb replica) {
        return replication.replicas().get(replica == replication.replicas().get(0) ? 1 : 0);
    }

    private String role(MariaDb server) {
        return store.status().getJsonArray("servers").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("address").equals("127.0.0.1:" + server.port()))
                .map(each -> each.getString("role"))
                .findFirst()
                .orElseThrow();
    }

    private Future<?> insert(long n) {
        return pool.preparedQuery("INSERT INTO n VALUES (?)").execute(Tuple.of(n));
    }

    /** Inserts numbers, eight at a time, until it is closed. */
    private final class Load implements AutoCloseable {
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicLong numbers = new AtomicLong();
        private volatile boolean ended;

        Load() {
            for (var i = 0; i < 8; i++) {
                insertMore();
            }
        }

        private void insertMore() {
            if (!ended) {
                var number = numbers.incrementAndGet();
                insert(number)
                        .onSuccess(done -> acknowledged.add(Long.toString(number)))
                        .onComplete(done -> vertx.setTimer(5, timer -> insertMore()));
            }
        }

        void awaitMore(int count) {
            var goal = acknowledged.size() + count;
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> acknowledged.size() >= goal);
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    private static <T> T finish(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
