package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
import io.colonnade.core.PortRange;
import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.Database;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.testing.MapInMemory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded database on a small disk, which only root can make. */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;
    private static final int MOST = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final MapInMemory registry = new MapInMemory();
    private Path site;
    private Path disk;
    private Store store;

    @BeforeEach
    void mount(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        site = folder.resolve("site");
        var scripts = Files.createDirectories(site.resolve("db/migration"));
        Files.writeString(scripts.resolve("V1__notes.sql"), "CREATE TABLE notes (note MEDIUMBLOB)");
        disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=110m,mode=711", "tmpfs", disk.toString()));
    }

    @AfterEach
    void unmount() throws Exception {
        completed(store.stop());
        completed(vertx.close());
        await().atMost(PATIENCE).until(() -> run("umount", disk.toString()));
    }

    @Test
    void writesAreRefusedBeforeTheServerDiesAndReadsGoOnUntilThereIsSpaceAgain() throws Exception {
        var pool = started();
        await().atMost(PATIENCE).until(() -> Files.exists(disk.resolve("database/reserve")));
        var server = pid();
        var ballast = Files.write(disk.resolve("ballast"), new byte[4 * MIB]);

        assertRefused(untilRefused(pool));
        await().atMost(PATIENCE).until(() -> store.status().getString("state").equals("full"));
        for (var i = 0; i < 20; i++) {
            assertRefused(insert(pool).cause());
            assertThat(run(pool, "SELECT COUNT(*) FROM notes").cause()).isNull();
        }
        assertThat(store.available()).isTrue();
        assertThat(pid()).isEqualTo(server);

        Files.delete(ballast);
        assertThat(run(pool, "TRUNCATE notes").cause()).isNull();
        await().atMost(PATIENCE).until(() -> insert(pool).succeeded());
        assertThat(pid()).isEqualTo(server);
    }

    @Test
    void aServerThatWasKilledOnAFullDiskStartsAgainAndIsReadFrom() throws Exception {
        var pool = started();
        assertThat(insert(pool).cause()).isNull();
        await().atMost(PATIENCE).until(() -> Files.exists(disk.resolve("database/reserve")));

        fillAll();
        await().atMost(PATIENCE).until(() -> store.status().getString("state").equals("full"));
        ServerProcess.find(disk.toRealPath().resolve("database/data"))
                .orElseThrow()
                .handle()
                .destroyForcibly();

        await().atMost(PATIENCE)
                .until(() -> run(pool, "SELECT COUNT(*) FROM notes").succeeded());
        assertRefused(insert(pool).cause());
    }

    /** Starts the server on the disk, and makes the site's table. */
    private Pool started() throws Exception {
        store = Store.open(
                vertx,
                StoreConfig.DEFAULTS,
                new Database.Embedded(disk, "node", "127.0.0.1", true, PortRange.ANY),
                registry,
                Clock.system());
        completed(store.start());
        await().atMost(PATIENCE).until(store::available);
        var database = store.database("test-site", new SiteDatabase.Migrations(site, ""));
        assertThat(completed(database.migrate()).cause()).isNull();
        return database.pool();
    }

    /** Another program takes all the space that there is. */
    private void fillAll() throws IOException {
        try (var file = Files.newOutputStream(disk.resolve("ballast"))) {
            var piece = new byte[MIB / 4];
            while (true) {
                file.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private long pid() throws IOException {
        return ServerProcess.find(disk.toRealPath().resolve("database/data"))
                .orElseThrow()
                .pid();
    }

    private static Throwable untilRefused(Pool pool) {
        for (var written = 0; written < MOST; written++) {
            var together = List.of(start(pool), start(pool));
            together.forEach(FullDiskIT::completed);
            for (var insertion : together) {
                if (insertion.failed()) {
                    return insertion.cause();
                }
            }
        }
        throw new AssertionError(MOST + " pictures fit onto a small disk");
    }

    private static void assertRefused(Throwable cause) {
        assertThat(cause).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                .as(failure.getMessage())
                .isEqualTo(Failure.Kind.DATABASE_FULL));
    }

    private static Future<?> insert(Pool pool) {
        return completed(start(pool));
    }

    /** A picture, which needs many pages, each of which must be undone if there is no space for the next. */
    private static Future<?> start(Pool pool) {
        return pool.preparedQuery("INSERT INTO notes VALUES (?)").execute(Tuple.of(Buffer.buffer(new byte[MIB])));
    }

    private static Future<?> run(Pool pool, String sql) {
        return completed(pool.query(sql).execute());
    }

    private static Future<?> completed(Future<?> future) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(future::isComplete);
        return future;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
