package io.colonnade.store;

import static io.colonnade.store.EmbeddedStores.PATIENCE;
import static io.colonnade.store.EmbeddedStores.finish;
import static io.colonnade.store.EmbeddedStores.isUnavailable;
import static io.colonnade.store.EmbeddedStores.kill;
import static io.colonnade.store.EmbeddedStores.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.store.mariadb.ServerProcess;
import io.colonnade.store.server.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes of the embedded database: how they end and come back, and who runs the server. */
class EmbeddedDatabaseIT {
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
    void keepsTheDataWhenTheServerIsKilled() throws Exception {
        var store = stores.started(StoreConfig.DEFAULTS);
        var pool = stores.migrated(store).pool();
        finish(pool.query("INSERT INTO notes (text) VALUES ('kept')").execute());
        var killed = stores.serverRunning();

        kill(killed);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(notes(pool))
                .containsExactly("kept"));
        assertThat(stores.serverRunning().pid()).isNotEqualTo(killed.pid());
    }

    @Test
    void aSecondProcessTakesOverWhenTheSupervisorIsKilled() throws Exception {
        var supervisor = stores.process();
        var server = stores.serverRunning();
        var second = stores.process();

        supervisor.destroyForcibly().waitFor();
        assertThat(stores.serverRunning()).isEqualTo(server);
        kill(server);

        await().atMost(PATIENCE).until(() -> isReplaced(server));
        assertThat(second.isAlive()).isTrue();
    }

    @Test
    void theNextStartAdoptsAServerThatOutlivedEveryNode() throws Exception {
        var killed = stores.process();
        var server = stores.serverRunning();
        assertThat(Path.of("/proc/" + server.pid() + "/environ"))
                .content()
                .doesNotContain(StoreProcess.SECRET)
                .contains("PATH=");
        killed.destroyForcibly().waitFor();

        var store = stores.started(StoreConfig.DEFAULTS);

        assertThat(store.available()).isTrue();
        assertThat(stores.serverRunning()).isEqualTo(server);
    }

    @Test
    void onlyTheLastOneToLeaveStopsTheServer() throws Exception {
        var first = stores.process();
        var server = stores.serverRunning();
        var store = stores.started(StoreConfig.DEFAULTS);

        end(first);
        assertThat(server.isAlive()).isTrue();

        finish(store.stop());
        assertThat(stores.server()).isEmpty();
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
        var store = stores.started(impatient);
        var pool = stores.migrated(store).pool();
        assertThat(notes(pool)).isEmpty();
        var server = stores.serverRunning();

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
        assertThat(stores.serverRunning()).isEqualTo(server);
    }

    @Test
    void theServerNeverRunsAsRoot() throws Exception {
        stores.started(StoreConfig.DEFAULTS);

        assertThat(stores.serverRunning().handle().info().user())
                .isPresent()
                .get()
                .isNotEqualTo("root");
    }

    private boolean isReplaced(ServerProcess server) {
        return stores.server().filter(running -> running.pid() != server.pid()).isPresent();
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static void signal(String name, ServerProcess server) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid()))
                .start()
                .waitFor();
    }
}
