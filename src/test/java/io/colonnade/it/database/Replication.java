package io.colonnade.it.database;

import io.colonnade.it.harness.FreePorts;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A primary with two replicas (GTID; the replicas are read-only). Nothing here fails over by itself: a test plays the manager of
 * replication with {@link #promote} and {@link #follow}.
 */
public final class Replication implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> LOGGED =
            List.of("--log-bin=binlog", "--log-slave-updates", "--gtid-strict-mode", "--sync-binlog=1");

    /** A commit is answered when a replica has it, however long that takes. */
    private static final List<String> HELD = List.of(
            "--rpl-semi-sync-slave-enabled",
            // For how long a frozen primary holds up the replicas that leave it.
            "--rpl-semi-sync-slave-kill-conn-timeout=1",
            "--rpl-semi-sync-master-wait-point=AFTER_SYNC",
            "--rpl-semi-sync-master-timeout=3600000");

    private final List<MariaDb> servers = new ArrayList<>();

    private final boolean semiSynchronous;

    private Replication(boolean semiSynchronous) {
        this.semiSynchronous = semiSynchronous;
    }

    /** Asynchronous: what the primary has answered may be lost with it. */
    public static Replication open() throws IOException, SQLException {
        return open(false);
    }

    /** Semi-synchronous: what the primary has answered is on a replica; it waits for one. */
    public static Replication openSemiSynchronous() throws IOException, SQLException {
        return open(true);
    }

    private static Replication open(boolean semiSynchronous) throws IOException, SQLException {
        Packages.assumeServer();
        var replication = new Replication(semiSynchronous);
        try {
            replication.startAll();
            return replication;
        } catch (IOException | SQLException | RuntimeException | AssertionError failed) {
            replication.close();
            throw failed;
        }
    }

    private void startAll() throws IOException, SQLException {
        var firstPort = FreePorts.block(3);
        for (var number = 0; number < 3; number++) {
            var options = new ArrayList<>(LOGGED);
            options.add("--server-id=" + (number + 1));
            options.addAll(semiSynchronous ? HELD : List.of());
            servers.add(MariaDb.installed(firstPort + number, options));
        }
        for (var server : servers) {
            server.start();
        }
        servers.forEach(MariaDb::awaitAnswer);
        for (var replica : replicas()) {
            follow(replica, primary());
        }
        holdCommits(primary(), semiSynchronous);
    }

    /** Only the primary may wait for replicas: one that is a replica itself would wait for its own, and has none. */
    private static void holdCommits(MariaDb server, boolean held) throws SQLException {
        server.execute("SET GLOBAL rpl_semi_sync_master_enabled = " + (held ? 1 : 0));
    }

    /** The primary at the start. */
    public MariaDb primary() {
        return servers.get(0);
    }

    /** The replicas at the start. */
    public List<MariaDb> replicas() {
        return servers.subList(1, 3);
    }

    public List<MariaDb> servers() {
        return servers;
    }

    /** The URL with all three, the primary in the middle, so that the order says nothing. */
    public String url() {
        return "mysql://board@127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d/board"
                .formatted(
                        servers.get(1).port(),
                        servers.get(0).port(),
                        servers.get(2).port());
    }

    /**
     * Which of two replicas has received more, once both hear of their primary no more: only that one is sure to have all that a
     * semi-synchronous primary has answered, and that the other can follow it.
     */
    public static MariaDb moreAdvanced(MariaDb one, MariaDb other) throws SQLException {
        one.execute("STOP SLAVE IO_THREAD");
        other.execute("STOP SLAVE IO_THREAD");
        return received(one) >= received(other) ? one : other;
    }

    private static long received(MariaDb replica) throws SQLException {
        var position = replica.row("SHOW SLAVE STATUS").get("Gtid_IO_Pos");
        return position.isEmpty() ? 0 : Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
    }

    /** Makes a replica the primary, once it has applied all that it has received. */
    public void promote(MariaDb replica) throws SQLException {
        replica.execute("STOP SLAVE IO_THREAD");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> hasApplied(replica));
        replica.execute("STOP SLAVE");
        replica.execute("RESET SLAVE ALL");
        holdCommits(replica, semiSynchronous);
        replica.readOnly(false);
    }

    private static boolean hasApplied(MariaDb replica) throws SQLException {
        return replica.row("SHOW SLAVE STATUS")
                .get("Slave_SQL_Running_State")
                .startsWith("Slave has read all relay log");
    }

    /** Makes a server a replica of another, read-only; a former primary too, if it has nothing that the other has not. */
    public void follow(MariaDb replica, MariaDb primary) throws SQLException {
        replica.readOnly(true);
        holdCommits(replica, false);
        replica.execute("STOP SLAVE");
        replica.execute(
                "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=" + primary.port()
                        + ", MASTER_USER='ground', MASTER_PASSWORD='ground', MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos");
        replica.execute("START SLAVE");
    }

    /** Lets the replica receive and not apply, so that it falls behind. */
    public void stopApplying(MariaDb replica) throws SQLException {
        replica.execute("STOP SLAVE SQL_THREAD");
    }

    public void resumeApplying(MariaDb replica) throws SQLException {
        replica.execute("START SLAVE SQL_THREAD");
    }

    /** Waits until the replicas have applied what the primary has committed by now. */
    public void awaitReplicas(MariaDb primary, MariaDb... replicas) throws SQLException {
        var position = primary.value("SELECT @@gtid_binlog_pos");
        for (var replica : replicas) {
            if (!replica.value("SELECT MASTER_GTID_WAIT('" + position + "', 4)").equals("0")) {
                throw new AssertionError(
                        replica.url() + " does not reach " + position + ": " + replica.row("SHOW SLAVE STATUS"));
            }
        }
    }

    @Override
    public void close() {
        servers.forEach(MariaDb::close);
    }
}
