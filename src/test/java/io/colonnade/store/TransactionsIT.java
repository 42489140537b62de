package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.config.Settings;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.it.database.MariaDb;
import io.colonnade.store.pool.Transactions;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real server does to transactions, and which ones are run again. */
class TransactionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;
    private static final String ADD = "UPDATE sums SET sum = sum + 1 WHERE id = ?";

    private static final Vertx vertx = Vertx.vertx();
    private static MariaDb server;
    private static Store store;
    private static Transactions transactions;

    private final AtomicInteger runs = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.open("--innodb-lock-wait-timeout=1");
        server.execute("CREATE DATABASE board_site");
        server.execute("CREATE TABLE board_site.sums (id INT PRIMARY KEY, sum INT NOT NULL)");
        server.execute("CREATE TABLE board_site.requests (id VARCHAR(9) PRIMARY KEY)");
        var config = new DatabaseConfig(
                "embedded", List.of(new Address("127.0.0.1", server.port())), "board", "board", TlsMode.DISABLED, "");
        var settings = Settings.of(StoreConfig.DEFAULTS);
        settings.set("acquire-time-limit", "20s", "the test");
        store = Store.open(
                vertx, settings.bind(), new Database.External(config, "secret"), new MapInMemory(), Clock.system());
        store.start().await();
        transactions = store.database("site", new SiteDatabase.Migrations(Path.of(""), ""))
                .transactions();
    }

    @AfterAll
    static void end() {
        if (store != null) {
            store.stop().await();
        }
        if (server != null) {
            server.close();
        }
        vertx.close().await();
    }

    @BeforeEach
    void begin() throws SQLException {
        server.execute("REPLACE INTO board_site.sums VALUES (1, 0), (2, 0)");
        server.execute("DELETE FROM board_site.requests");
    }

    @Test
    void bothOfTwoThatDeadlockAreCommitted() throws Exception {
        var firstHasLocked = Promise.<Void>promise();
        var secondHasLocked = Promise.<Void>promise();

        var first = transactions.run(ATTEMPTS, false, crossing(1, 2, firstHasLocked, secondHasLocked.future()));
        var second = transactions.run(ATTEMPTS, false, crossing(2, 1, secondHasLocked, firstHasLocked.future()));
        Future.all(first, second).await();

        assertThat(runs).hasValueGreaterThan(2);
        assertThat(server.column("SELECT sum FROM board_site.sums")).containsExactly("2", "2");
        assertThat(store.status().getInteger("repeatedTransactions")).isPositive();
    }

    /** Locks one row, waits until the other transaction has locked its own, and wants that. */
    private Function<SqlConnection, Future<Void>> crossing(
            int own, int others, Promise<Void> locked, Future<Void> othersLocked) {
        return connection -> {
            runs.getAndIncrement();
            return add(connection, own)
                    .onSuccess(v -> locked.tryComplete())
                    .compose(v -> othersLocked)
                    .compose(v -> add(connection, others));
        };
    }

    private static Future<Void> add(SqlConnection connection, int row) {
        return connection.preparedQuery(ADD).execute(Tuple.of(row)).mapEmpty();
    }

    @Test
    void whatWaitedForALockInVainIsRunAgainFromTheBeginning() throws Exception {
        try (var other = locking(2)) {
            Function<SqlConnection, Future<Void>> both = connection -> {
                if (runs.incrementAndGet() == 2) {
                    rollBack(other);
                }
                return add(connection, 1).compose(v -> add(connection, 2));
            };
            transactions.run(ATTEMPTS, false, both).await();
        }

        assertThat(runs).hasValue(2);
        assertThat(server.column("SELECT sum FROM board_site.sums")).containsExactly("1", "1");
    }

    private static Connection locking(int row) throws SQLException {
        var connection = server.connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("SELECT * FROM board_site.sums WHERE id = " + row + " FOR UPDATE");
        return connection;
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            throw new AssertionError(lost);
        }
    }

    @Test
    void isRunAsOftenAsIsAllowedAndThenFailsAsTheLastTime() {
        assertThatThrownBy(() -> transactions.run(3, true, failing(1213)).await())
                .isInstanceOf(MySQLException.class)
                .hasMessageContaining("1213");
        assertThat(runs).hasValue(3);
    }

    @Test
    void anErrorThatWouldComeAgainIsNotRunAgain() {
        assertThatThrownBy(() -> transactions.run(3, true, failing(1062)).await())
                .isInstanceOf(MySQLException.class)
                .hasMessageContaining("1062");
        assertThat(runs).hasValue(1);
    }

    private Function<SqlConnection, Future<Void>> failing(int code) {
        return connection -> {
            runs.getAndIncrement();
            return connection
                    .query("BEGIN NOT ATOMIC SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = " + code + "; END")
                    .execute()
                    .mapEmpty();
        };
    }

    @Test
    void isNotRunAgainIfItMayHaveBeenCommitted() throws Exception {
        var unknown = loseAtCommit(false);

        await().atMost(PATIENCE).until(unknown::isComplete);
        assertThat(unknown.cause()).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                .isEqualTo(Failure.Kind.DATABASE_UNAVAILABLE));
        assertThat(runs).hasValue(1);
    }

    @Test
    void isRunAgainThoughItMayHaveBeenCommittedIfItStoresAKey() throws Exception {
        loseAtCommit(true).await();

        assertThat(runs).hasValue(2);
        assertThat(server.column("SELECT id FROM board_site.requests")).containsExactly("key");
    }

    /** The server is killed while the commit waits in it, and started again. */
    private Future<Void> loseAtCommit(boolean storesKey) throws Exception {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("BACKUP STAGE START");
            statement.execute("BACKUP STAGE BLOCK_COMMIT");
            var running = transactions.run(ATTEMPTS, storesKey, this::store);
            await().atMost(PATIENCE).until(() -> server.column("SELECT info FROM information_schema.processlist")
                    .contains("COMMIT"));
            server.kill9();
            server.start();
            server.awaitAnswer();
            return running;
        }
    }

    private Future<Void> store(SqlConnection connection) {
        runs.getAndIncrement();
        return connection
                .query("INSERT IGNORE INTO requests VALUES ('key')")
                .execute()
                .mapEmpty();
    }
}
