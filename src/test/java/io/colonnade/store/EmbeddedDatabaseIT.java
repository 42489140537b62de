package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.store.mariadb.DatabaseDirectory;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.store.server.TlsMode;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MapInMemory registry = new MapInMemory();
    private final List<Store> stores = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private Path data = Path.of("");

    @BeforeEach
    void use(@TempDir Path directory) throws IOException {
        data = directory;
        // So that a server that is started by root can run as another user.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        for (var store : stores) {
            finish(store.stop());
        }
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        server().ifPresent(EmbeddedDatabaseIT::kill);
        finish(vertx.close());
    }

    @Test
    void keepsTheDataWhenTheServerIsKilled() throws Exception {
        var store = started(StoreConfig.DEFAULTS);
        var pool = migrated(store).pool();
        finish(pool.query("INSERT INTO notes (text) VALUES ('kept')").execute());
        var killed = serverRunning();

        kill(killed);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(notes(pool))
                .containsExactly("kept"));
        assertThat(serverRunning().pid()).isNotEqualTo(killed.pid());
    }

    @Test
    void aSecondProcessTakesOverWhenTheSupervisorIsKilled() throws Exception {
        var supervisor = process();
        var server = serverRunning();
        var second = process();

        supervisor.destroyForcibly().waitFor();
        assertThat(serverRunning()).isEqualTo(server);
        kill(server);

        await().atMost(PATIENCE).until(() -> server().filter(running -> running.pid() != server.pid())
                .isPresent());
        assertThat(second.isAlive()).isTrue();
    }

    @Test
    void theNextStartAdoptsAServerThatOutlivedEveryNode() throws Exception {
        var killed = process();
        var server = serverRunning();
        assertThat(Path.of("/proc/" + server.pid() + "/environ"))
                .content()
                .doesNotContain(StoreProcess.SECRET)
                .contains("PATH=");
        killed.destroyForcibly().waitFor();

        var store = started(StoreConfig.DEFAULTS);

        assertThat(store.available()).isTrue();
        assertThat(serverRunning()).isEqualTo(server);
    }

    @Test
    void onlyTheLastOneToLeaveStopsTheServer() throws Exception {
        var first = process();
        var server = serverRunning();
        var store = started(StoreConfig.DEFAULTS);

        end(first);
        assertThat(server.isAlive()).isTrue();

        finish(store.stop());
        assertThat(server()).isEmpty();
    }

    @Test
    void runsMigrationsOnceWhenTwoNodesDoSoAtOnce() throws Exception {
        var first = started(StoreConfig.DEFAULTS);
        var second = opened(StoreConfig.DEFAULTS, false);
        finish(second.start());
        var jar = jar("CREATE TABLE notes (text VARCHAR(100)); INSERT INTO notes VALUES ('once');");

        finish(Future.all(database(first, jar).migrate(), database(second, jar).migrate()));

        assertThat(notes(database(second, jar).pool())).containsExactly("once");
    }

    @Test
    void aFailedMigrationMakesOnlyItsSiteUnavailable() throws Exception {
        var store = started(StoreConfig.DEFAULTS);

        var failure = failureOf(database(store, jar("CREATE NONSENSE;")).migrate());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.SITE_UNAVAILABLE);
        assertThat(store.available()).isTrue();
    }

    @Test
    void aSiteIsUnavailableUntilTheDatabaseComes() throws Exception {
        var store = opened(StoreConfig.DEFAULTS, true);
        var database = database(store, jar("CREATE TABLE notes (text VARCHAR(100));"));
        assertThat(isUnavailable(database.migrate())).isTrue();
        assertThat(isUnavailable(database.pool().query("SELECT 1").execute())).isTrue();

        finish(store.start());
        await().atMost(PATIENCE).until(store::available);

        finish(database.migrate());
        assertThat(notes(database.pool())).isEmpty();
    }

    @Test
    void aServerThatStandsStillIsUnavailableAndHeals() throws Exception {
        var defaults = StoreConfig.DEFAULTS;
        var impatient = new StoreConfig(
                1,
                1,
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                defaults.statementCache(),
                defaults.pipelining(),
                defaults.maxLag(),
                defaults.slowStatement(),
                defaults.startTimeLimit(),
                defaults.bufferPool(),
                defaults.galeraMembers());
        var store = started(impatient);
        var pool = migrated(store).pool();
        assertThat(notes(pool)).isEmpty();
        var server = serverRunning();

        signal("STOP", server);
        try {
            await().atMost(PATIENCE)
                    .until(() -> isUnavailable(pool.query("SELECT 1").execute()));
            await().atMost(PATIENCE).until(() -> !store.available());
        } finally {
            signal("CONT", server);
        }

        await().atMost(PATIENCE).until(store::available);
        assertThat(notes(pool)).isEmpty();
        assertThat(serverRunning()).isEqualTo(server);
    }

    @Test
    void errorsOfStatementsPassAsTheyAre() throws Exception {
        var pool = migrated(started(StoreConfig.DEFAULTS)).pool();

        var wrong = pool.query("SELECT nonsense FROM notes").execute();
        await().atMost(PATIENCE).until(wrong::isComplete);

        assertThat(wrong.cause()).isInstanceOf(MySQLException.class);
    }

    @Test
    void aTransactionIsKeptOrLeavesNothing() throws Exception {
        var pool = migrated(started(StoreConfig.DEFAULTS)).pool();
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
        started(StoreConfig.DEFAULTS);
        var credentials = DatabaseDirectory.create(data).server().orElseThrow();

        for (var user : List.of("root", "colonnade", "")) {
            var url = "jdbc:mariadb://" + credentials.address() + "/?sslMode=disable";
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, "")).hasMessageContaining("Access denied");
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("database/credentials")))
                .hasSize(2);
    }

    @Test
    void theServerNeverRunsAsRoot() throws Exception {
        started(StoreConfig.DEFAULTS);

        assertThat(serverRunning().handle().info().user()).isPresent().get().isNotEqualTo("root");
    }

    @Test
    void aServerOfTheUsersIsUsedWithTheRightsThatItGives() throws Exception {
        started(StoreConfig.DEFAULTS);
        var address = DatabaseDirectory.create(data).server().orElseThrow().address();
        createUsers();
        var jar = jar("CREATE TABLE notes (text VARCHAR(100)); INSERT INTO notes VALUES ('there');");

        for (var user : List.of("mayCreate", "mayNot")) {
            var config = new DatabaseConfig("embedded", List.of(address), user, user, TlsMode.DISABLED, "");
            var store = Store.open(
                    vertx, StoreConfig.DEFAULTS, new Database.External(config, "secret"), registry, Clock.system());
            stores.add(store);
            finish(store.start());
            finish(database(store, jar).migrate());
            assertThat(notes(database(store, jar).pool())).containsExactly("there");
        }
        assertThat(schemas()).contains("mayCreate_test_site", "mayNot").doesNotContain("mayNot_test_site");
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
        var server = DatabaseDirectory.create(data).server().orElseThrow();
        return DriverManager.getConnection(
                "jdbc:mariadb://" + server.address() + "/?sslMode=disable", server.user(), server.password());
    }

    private Store started(StoreConfig config) throws Exception {
        var store = opened(config, true);
        finish(store.start());
        await().atMost(PATIENCE).until(store::available);
        return store;
    }

    private Store opened(StoreConfig config, boolean hosts) {
        var store = Store.open(
                vertx, config, new Database.Embedded(data, "node", "127.0.0.1", hosts), registry, Clock.system());
        stores.add(store);
        return store;
    }

    private SiteDatabase migrated(Store store) throws Exception {
        var database = database(store, jar("CREATE TABLE notes (text VARCHAR(100));"));
        finish(database.migrate());
        return database;
    }

    private static SiteDatabase database(Store store, Path jar) {
        return store.database("test-site", new SiteDatabase.Migrations(jar, ""));
    }

    /** A jar as some tools make it: without entries for directories. */
    private Path jar(String statements) throws IOException {
        var file = data.resolve("site.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("db/migration/V1__notes.sql"));
            jar.write(statements.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private Process process() throws Exception {
        var process = StoreProcess.start(data);
        processes.add(process);
        await().atMost(PATIENCE)
                .until(() -> Files.readString(data.resolve("process.log"))
                                .lines()
                                .filter(line -> line.contains("the database answers"))
                                .count()
                        == processes.size());
        return process;
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private ServerProcess serverRunning() {
        return server().orElseThrow();
    }

    private Optional<ServerProcess> server() {
        return ServerProcess.find(data.toAbsolutePath().resolve("database/data"));
    }

    private static void kill(ServerProcess server) {
        server.handle().destroyForcibly();
        await().atMost(PATIENCE).until(() -> !server.isAlive());
    }

    private static void signal(String name, ServerProcess server) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid()))
                .start()
                .waitFor();
    }

    private static List<String> notes(Pool pool) throws Exception {
        var texts = new ArrayList<String>();
        finish(pool.query("SELECT text FROM notes").execute()).forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    private static boolean isUnavailable(Future<?> future) {
        await().atMost(PATIENCE).until(future::isComplete);
        return future.cause() instanceof Failure failure && failure.kind() == Failure.Kind.DATABASE_UNAVAILABLE;
    }

    private static Failure failureOf(Future<?> future) {
        await().atMost(PATIENCE).until(future::isComplete);
        assertThat(future.cause()).isInstanceOf(Failure.class);
        return (Failure) future.cause();
    }

    private static <T> T finish(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
