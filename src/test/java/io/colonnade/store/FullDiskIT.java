package io.colonnade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.core.Clock;
import io.colonnade.core.Failure;
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
        Files.writeString(scripts.resolve("V1__notes.sql"), "CREATE TABLE notes (note VARBINARY(7000))");
        disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=160m,mode=711", "tmpfs", disk.toString()));
    }

    @AfterEach
    void unmount() throws Exception {
        completed(store.stop());
        completed(vertx.close());
        await().atMost(PATIENCE).until(() -> run("umount", disk.toString()));
    }

    @Test
    void readsGoOnWritesAreRefusedAndHealWhenThereIsSpaceAgain() throws Exception {
        store = Store.open(
                vertx,
                StoreConfig.DEFAULTS,
                new Database.Embedded(disk, "node", "127.0.0.1", true),
                registry,
                Clock.system());
        completed(store.start());
        await().atMost(PATIENCE).until(store::available);
        var database = store.database("test-site", new SiteDatabase.Migrations(site, ""));
        assertThat(completed(database.migrate()).cause()).isNull();
        var pool = database.pool();
        var ballast = fill();

        assertRefused(untilRefused(pool));
        for (var i = 0; i < 20; i++) {
            assertRefused(insert(pool).cause());
            assertThat(run(pool, "SELECT COUNT(*) FROM notes").succeeded()).isTrue();
        }
        assertThat(store.available()).isTrue();

        Files.delete(ballast);
        await().atMost(PATIENCE).until(() -> insert(pool).succeeded());
    }

    /** Leaves some MiB, which the log of the server and its temporary files take. */
    private Path fill() throws IOException {
        var free = (int) (Files.getFileStore(disk).getUsableSpace() / MIB) - 12;
        return Files.write(disk.resolve("ballast"), new byte[free * MIB]);
    }

    private static Throwable untilRefused(Pool pool) {
        for (var written = 0; written < MOST; written++) {
            var cause = insert(pool).cause();
            if (cause != null) {
                return cause;
            }
        }
        throw new AssertionError(MOST + " notes fit into the last MiB of a disk");
    }

    private static void assertRefused(Throwable cause) {
        assertThat(cause).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                .as(failure.getMessage())
                .isEqualTo(Failure.Kind.DATABASE_FULL));
    }

    /** A row that fits into a page: a larger one is undone page by page, for which the server may need space, and it ends without any. */
    private static Future<?> insert(Pool pool) {
        return completed(
                pool.preparedQuery("INSERT INTO notes VALUES (?)").execute(Tuple.of(Buffer.buffer(new byte[7000]))));
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
