package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.it.database.MariaDb;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server whose limits are reached. */
class LimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private MariaDb server;
    private Store store;
    private SiteDatabase database;

    @BeforeEach
    void start() throws Exception {
        server = MariaDb.open();
        server.execute("CREATE DATABASE board_site");
        server.execute("CREATE TABLE board_site.notes (text VARCHAR(100))");
        var config = new DatabaseConfig(
                "embedded", List.of(new Address("127.0.0.1", server.port())), "board", "board", TlsMode.DISABLED, "");
        var external = new Database.External(config, "secret");
        store = Store.open(vertx, StoreConfig.DEFAULTS, external, new MapInMemory(), Clock.system());
        store.start().await();
        database = store.database("site", new SiteDatabase.Migrations(Path.of(""), ""));
    }

    @AfterEach
    void end() {
        if (store != null) {
            store.stop().await();
        }
        server.close();
        vertx.close().await();
    }

    @Test
    void lanesShareTheConnectionsThatTheServerAllows() throws Exception {
        server.execute("SET GLOBAL max_connections = 10");
        var others = new ArrayList<Connection>();
        try {
            for (var other = 0; other < 6; other++) {
                others.add(server.connect());
            }
            var answers = new ArrayList<Future<?>>();
            for (var lane = 0; lane < 3; lane++) {
                answers.add(onLane(LimitsIT::sleepers));
            }
            Future.all(answers).await();
        } finally {
            close(others);
        }
        assertThat(store.status().getString("problem")).contains("refuses more connections", "Too many connections");
        assertThat(store.status().getLong("failovers")).isZero();
        assertThat(store.available()).isTrue();
    }

    private static void close(List<Connection> others) throws SQLException {
        for (var other : others) {
            other.close();
        }
    }

    @Test
    void lanesShareTheConnectionsOfASite() throws Exception {
        var answers = new ArrayList<Future<?>>();
        for (var lane = 0; lane < 6; lane++) {
            answers.add(onLane(LimitsIT::sleepers));
        }
        var most = 0;
        while (answers.stream().anyMatch(answer -> !answer.isComplete())) {
            most = Math.max(most, ofSite("connections"));
        }
        Future.all(answers).await();
        assertThat(most).isBetween(2, StoreConfig.DEFAULTS.poolSize());
        assertThat(ofSite("inUse")).isZero();
    }

    @Test
    void threadsOfTheSitesOwnOpenNoPoolsOfTheirOwn() throws Exception {
        for (var i = 0; i < 20; i++) {
            var thread =
                    new Thread(() -> database.pool().query("SELECT 1").execute().await());
            thread.start();
            thread.join();
        }
        assertThat(ofSite("connections")).isBetween(1, StoreConfig.DEFAULTS.poolSize());
    }

    @Test
    void aLaneUsesWhatAnotherHasIdleWhenTheServerAllowsNoMore() throws Exception {
        onLane(pool -> Future.all(
                        pool.query("SELECT SLEEP(0.1)").execute(),
                        pool.query("SELECT SLEEP(0.1)").execute()))
                .await();
        server.execute("SET GLOBAL max_connections = 10");
        var others = new ArrayList<Connection>();
        try {
            assertThatThrownBy(() -> {
                        while (true) {
                            others.add(server.connect());
                        }
                    })
                    .isInstanceOf(SQLException.class);
            others.remove(0).close(); // the one that an administrator may have beyond the limit
            var answers = new ArrayList<Future<?>>();
            for (var lane = 0; lane < 6; lane++) {
                answers.add(onLane(LimitsIT::sleepers));
            }
            Future.all(answers).await();
            assertThat(store.status().getString("problem")).contains("refuses more connections");
        } finally {
            close(others);
        }
    }

    private int ofSite(String figure) {
        return store.status().getJsonObject("sites").getJsonObject("site").getInteger(figure);
    }

    private static Future<Void> sleepers(Pool pool) {
        var all = new ArrayList<Future<?>>();
        for (var i = 0; i < 20; i++) {
            all.add(pool.query("SELECT SLEEP(0.02)").execute());
        }
        return Future.all(all).mapEmpty();
    }

    @Test
    void statementsAreNotKeptWhenTheServerHasNoRoomForMore() throws Exception {
        server.execute("SET GLOBAL max_prepared_stmt_count = 5");

        for (var i = 0; i < 40; i++) {
            var sql = "SELECT ? + " + i;
            assertThat(onLane(pool -> pool.preparedQuery(sql).execute(Tuple.of(1)))
                            .await()
                            .size())
                    .isEqualTo(1);
        }

        assertThat(store.status().getString("problem")).contains("max_prepared_stmt_count");
    }

    @Test
    void aServerWhoseTransactionsAreReadOnlyIsUnavailableUntilItCanBeWrittenTo() throws SQLException {
        onLane(LimitsIT::insert).await();

        server.execute("SET GLOBAL tx_read_only = 1");
        await().atMost(PATIENCE).until(() -> !store.available());
        assertThatThrownBy(() -> onLane(LimitsIT::insert).await())
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Failure.Kind.DATABASE_UNAVAILABLE));

        server.execute("SET GLOBAL tx_read_only = 0");
        await().atMost(PATIENCE).until(store::available);
        onLane(LimitsIT::insert).await();
    }

    @Test
    void aTransactionThatTheSiteBeganAsReadOnlyIsItsOwnMistake() {
        assertThatThrownBy(() -> onLane(pool -> pool.withConnection(connection -> connection
                                .query("START TRANSACTION READ ONLY")
                                .execute()
                                .compose(begun -> connection
                                        .query("INSERT INTO notes VALUES ('a')")
                                        .execute())))
                        .await())
                .isInstanceOf(MySQLException.class)
                .hasMessageContaining("READ ONLY transaction");
    }

    @Test
    void readsDoNotNoticeThatTheirConnectionsAreKilled() throws Exception {
        for (var i = 0; i < 10; i++) {
            var reading = onLane(pool -> pool.query("SELECT SLEEP(0.05)").execute());
            server.execute("KILL USER board");
            reading.await();
        }
    }

    private static Future<RowSet<Row>> insert(Pool pool) {
        return pool.query("INSERT INTO notes VALUES ('a')").execute();
    }

    /** What the statements give on a lane of their own. */
    private <T> Future<T> onLane(Function<Pool, Future<T>> statements) {
        var lane = ((VertxInternal) vertx).createEventLoopContext();
        var given = lane.<T>promise();
        lane.runOnContext(v -> statements.apply(database.pool()).onComplete(given));
        return given.future();
    }
}
