package io.colonnade.store;

import static io.colonnade.store.EmbeddedStores.PATIENCE;
import static io.colonnade.store.EmbeddedStores.database;
import static io.colonnade.store.EmbeddedStores.finish;
import static io.colonnade.store.EmbeddedStores.isUnavailable;
import static io.colonnade.store.EmbeddedStores.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Failure;
import io.colonnade.store.backup.Operator;
import io.colonnade.store.migration.MigrationScripts;
import io.colonnade.store.migration.Schema;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database as sites see it: migrations, statements and transactions, and the users of the server. */
class EmbeddedSitesIT {
    @TempDir
    Path data;

    private EmbeddedStores stores;

    @BeforeEach
    void open() throws IOException {
        stores = new EmbeddedStores(data);
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        stores.leaveNothingBehind();
    }

    @Test
    void runsMigrationsOnceWhenTwoNodesDoSoAtOnce() throws Exception {
        var first = stores.started(StoreConfig.DEFAULTS);
        var second = stores.opened(StoreConfig.DEFAULTS, false);
        finish(second.start());
        var jar = stores.jar("CREATE TABLE notes (text VARCHAR(100)); INSERT INTO notes VALUES ('once');");

        finish(Future.all(database(first, jar).migrate(), database(second, jar).migrate()));

        assertThat(notes(database(second, jar).pool())).containsExactly("once");
    }

    @Test
    void aFailedMigrationMakesOnlyItsSiteUnavailable() throws Exception {
        var store = stores.started(StoreConfig.DEFAULTS);

        var failure = failureOf(database(store, stores.jar("CREATE NONSENSE;")).migrate());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.SITE_UNAVAILABLE);
        assertThat(store.available()).isTrue();
    }

    @Test
    void aFailedMigrationRunsAgainWhenItsScriptWasCorrected() throws Exception {
        var wrong = stores.jar("CREATE NONSENSE;");
        failureOf(database(stores.started(StoreConfig.DEFAULTS), wrong).migrate());
        var same = database(another(), wrong);
        assertThat(failureOf(same.migrate()).kind()).isEqualTo(Failure.Kind.SITE_UNAVAILABLE);

        var jar = stores.jar("CREATE TABLE notes (text VARCHAR(100)); INSERT INTO notes VALUES ('corrected');");
        var corrected = database(another(), jar);
        finish(corrected.migrate());

        assertThat(notes(corrected.pool())).containsExactly("corrected");
    }

    @Test
    void aMigrationThatFailedRunsAgainAfterARepair() throws Exception {
        var jar = stores.jar("CREATE TABLE notes (text VARCHAR(100)); INSERT INTO missing.notes VALUES ('there');");
        var store = stores.started(StoreConfig.DEFAULTS);
        failureOf(database(store, jar).migrate());
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE missing");
            statement.execute("CREATE TABLE missing.notes (text VARCHAR(100))");
            statement.execute("DROP TABLE site_test_site.notes");
        }

        assertThat(Operator.of(data).repair("test-site")).isEqualTo(1);

        finish(database(another(), jar).migrate());
        assertThat(Operator.of(data).repair("test-site")).isZero();
        assertThat(Operator.of(data).repair("unknown")).isZero();
    }

    @Test
    void aSiteThatBeginsUnderAnotherNameIsToldWhereItsTablesAre() throws Exception {
        var jar = stores.jar("CREATE TABLE notes (text VARCHAR(100));");
        stores.started(StoreConfig.DEFAULTS);
        var server = stores.credentials();
        var scripts = MigrationScripts.read(jar, "");
        var former = new Schema("site", "old").migrate(server, scripts);
        assertThat(former.twins()).isEmpty();

        assertThat(new Schema("site", "new").migrate(server, scripts).twins()).containsExactly("site_old");
        assertThat(new Schema("site", "new").migrate(server, scripts).twins()).isEmpty();
        var others = MigrationScripts.read(stores.jar("CREATE TABLE others (text VARCHAR(100));"), "");
        assertThat(new Schema("site", "other").migrate(server, others).twins()).isEmpty();
    }

    @Test
    void aSiteIsUnavailableUntilTheDatabaseComes() throws Exception {
        var store = stores.opened(StoreConfig.DEFAULTS, true);
        var database = database(store, stores.jar("CREATE TABLE notes (text VARCHAR(100));"));
        assertThat(isUnavailable(database.migrate())).isTrue();
        assertThat(isUnavailable(database.pool().query("SELECT 1").execute())).isTrue();

        finish(store.start());
        await().atMost(PATIENCE).until(store::available);

        finish(database.migrate());
        assertThat(notes(database.pool())).isEmpty();
    }

    @Test
    void errorsOfStatementsPassAsTheyAre() throws Exception {
        var pool = stores.migrated(stores.started(StoreConfig.DEFAULTS)).pool();

        var wrong = pool.query("SELECT nonsense FROM notes").execute();
        await().atMost(PATIENCE).until(wrong::isComplete);

        assertThat(wrong.cause()).isInstanceOf(MySQLException.class);
    }

    @Test
    void aTransactionIsKeptOrLeavesNothing() throws Exception {
        var pool = stores.migrated(stores.started(StoreConfig.DEFAULTS)).pool();
        finish(pool.withTransaction(connection ->
                connection.preparedQuery("INSERT INTO notes (text) VALUES (?)").execute(Tuple.of("kept"))));

        var failed = pool.withTransaction(connection -> connection
                .preparedQuery("INSERT INTO notes (text) VALUES (?)")
                .execute(Tuple.of("dropped"))
                .compose(inserted -> Future.failedFuture("changed my mind")));
        await().atMost(PATIENCE).until(failed::isComplete);

        assertThat(failed.succeeded()).isFalse();
        assertThat(notes(pool)).containsExactly("kept");
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        stores.started(StoreConfig.DEFAULTS);
        var credentials = stores.credentials();

        for (var user : List.of("root", "colonnade", "")) {
            var url = "jdbc:mariadb://" + credentials.address() + "/?sslMode=disable";
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, "")).hasMessageContaining("Access denied");
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("database/credentials")))
                .hasSize(2);
    }

    @Test
    void aServerOfTheUsersIsUsedWithTheRightsThatItGives() throws Exception {
        stores.started(StoreConfig.DEFAULTS);
        var address = stores.credentials().address();
        createUsers();
        var jar = stores.jar("CREATE TABLE notes (text VARCHAR(100)); INSERT INTO notes VALUES ('there');");

        for (var user : List.of("mayCreate", "mayNot")) {
            var config = new DatabaseConfig("embedded", List.of(address), user, user, TlsMode.DISABLED, "");
            var store = stores.opened(StoreConfig.DEFAULTS, new Database.External(config, "secret"));
            finish(store.start());
            finish(database(store, jar).migrate());
            assertThat(notes(database(store, jar).pool())).containsExactly("there");
        }
        assertThat(schemas()).contains("mayCreate_test_site", "mayNot").doesNotContain("mayNot_test_site");
    }

    /** The store of another node, which does not run the server. */
    private Store another() throws Exception {
        var store = stores.opened(StoreConfig.DEFAULTS, false);
        finish(store.start());
        return store;
    }

    private void createUsers() throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE USER mayCreate@'127.0.0.1' IDENTIFIED BY 'secret'");
            statement.execute("GRANT ALL ON `mayCreate_%`.* TO mayCreate@'127.0.0.1'");
            statement.execute("CREATE DATABASE mayNot");
            statement.execute("CREATE USER mayNot@'127.0.0.1' IDENTIFIED BY 'secret'");
            statement.execute("GRANT ALL ON mayNot.* TO mayNot@'127.0.0.1'");
        }
    }

    private List<String> schemas() throws Exception {
        var names = new ArrayList<String>();
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery("SHOW DATABASES")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private Connection connect() throws Exception {
        var server = stores.credentials();
        return DriverManager.getConnection(
                "jdbc:mariadb://" + server.address() + "/?sslMode=disable", server.user(), server.password());
    }

    private static Failure failureOf(Future<?> future) {
        await().atMost(PATIENCE).until(future::isComplete);
        assertThat(future.cause()).isInstanceOf(Failure.class);
        return (Failure) future.cause();
    }
}
