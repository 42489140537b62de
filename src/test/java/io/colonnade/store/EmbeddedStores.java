package io.colonnade.store;

import static org.awaitility.Awaitility.await;

import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.core.PortRange;
import io.colonnade.store.mariadb.DatabaseDirectory;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.Server;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The embedded database of one data directory, with the stores and the processes that use it. */
final class EmbeddedStores {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MapInMemory registry = new MapInMemory();
    private final List<Store> stores = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final Path data;

    EmbeddedStores(Path data) throws IOException {
        this.data = data;
        // A server that root starts runs as another user, which must pass through.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    }

    void leaveNothingBehind() throws Exception {
        for (var store : stores) {
            finish(store.stop());
        }
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        server().ifPresent(EmbeddedStores::kill);
        finish(vertx.close());
    }

    /** A store of the embedded database, started and available. */
    Store started(StoreConfig config) throws Exception {
        var store = opened(config, true);
        finish(store.start());
        await().atMost(PATIENCE).until(store::available);
        return store;
    }

    /** A store of the embedded database, not started. */
    Store opened(StoreConfig config, boolean hosts) {
        return opened(config, new Database.Embedded(data, "node", "127.0.0.1", hosts, PortRange.ANY));
    }

    /** A store of any database, not started. */
    Store opened(StoreConfig config, Database database) {
        var store = Store.open(vertx, config, database, registry, Clock.system());
        stores.add(store);
        return store;
    }

    /** The database of a site with an empty table of notes. */
    SiteDatabase migrated(Store store) throws Exception {
        var database = database(store, jar("CREATE TABLE notes (text VARCHAR(100));"));
        finish(database.migrate());
        return database;
    }

    static SiteDatabase database(Store store, Path jar) {
        return store.database("test-site", new SiteDatabase.Migrations(jar, ""));
    }

    /** A jar as some tools make it: without entries for directories. */
    Path jar(String statements) throws IOException {
        var file = data.resolve("site.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("db/migration/V1__notes.sql"));
            jar.write(statements.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** Another process that uses the embedded database. Its store is available. */
    Process process() throws Exception {
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

    /** How the nodes sign in to the embedded database's server. */
    Server credentials() throws IOException {
        return DatabaseDirectory.create(data).server().orElseThrow();
    }

    ServerProcess serverRunning() {
        return server().orElseThrow();
    }

    Optional<ServerProcess> server() {
        return ServerProcess.find(data.toAbsolutePath().resolve("database/data"));
    }

    static void kill(ServerProcess server) {
        server.handle().destroyForcibly();
        await().atMost(PATIENCE).until(() -> !server.isAlive());
    }

    static List<String> notes(Pool pool) throws Exception {
        var texts = new ArrayList<String>();
        finish(pool.query("SELECT text FROM notes").execute()).forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    static boolean isUnavailable(Future<?> future) {
        await().atMost(PATIENCE).until(future::isComplete);
        return future.cause() instanceof Failure failure && failure.kind() == Failure.Kind.DATABASE_UNAVAILABLE;
    }

    static <T> T finish(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
