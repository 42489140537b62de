package io.colonnade.it.database;

import io.colonnade.it.harness.FreePorts;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A Galera cluster of three. A member that dies is missed after 2 s, sooner than by default (5 s); the others go on. Whoever comes back
 * with {@link MariaDb#start} catches up; it takes part again when {@link #isSynced}.
 */
public final class Galera implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MEMBERS = 3;

    private final int firstPort = FreePorts.block(4 * MEMBERS);
    private final List<MariaDb> servers = new ArrayList<>();

    private Galera() {}

    public static Galera open() throws IOException {
        Packages.assumeGalera();
        var galera = new Galera();
        try {
            galera.startAll();
            return galera;
        } catch (IOException | RuntimeException | AssertionError failed) {
            galera.close();
            throw failed;
        }
    }

    private void startAll() throws IOException {
        for (var member = 0; member < MEMBERS; member++) {
            servers.add(MariaDb.installed(port(member, 0), options(member)));
        }
        servers.get(0).start("--wsrep-new-cluster");
        awaitSynced(servers.get(0));
        for (var joiner : servers.subList(1, MEMBERS)) {
            joiner.start();
        }
        servers.forEach(Galera::awaitSynced);
    }

    private List<String> options(int member) {
        var all = IntStream.range(0, MEMBERS)
                .mapToObj(each -> "127.0.0.1:" + port(each, 1))
                .collect(Collectors.joining(","));
        return List.of(
                "--wsrep-on=ON",
                "--wsrep-provider=" + Packages.GALERA,
                "--wsrep-cluster-name=ground-" + firstPort,
                "--wsrep-cluster-address=gcomm://" + all,
                "--wsrep-node-name=member-" + member,
                "--wsrep-node-address=127.0.0.1:" + port(member, 1),
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + port(member, 2),
                "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:" + port(member, 1)
                        + ";ist.recv_addr=127.0.0.1:" + port(member, 3)
                        + ";gcache.size=16M;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S"
                        + ";evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.25S",
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2");
    }

    private int port(int member, int kind) {
        return firstPort + 4 * member + kind;
    }

    public List<MariaDb> servers() {
        return servers;
    }

    /** The URL with all members. */
    public String url() {
        return "mysql://board@127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d/board"
                .formatted(port(0, 0), port(1, 0), port(2, 0));
    }

    /** Waits until the member takes part in the cluster; at most a minute. */
    public static void awaitSynced(MariaDb member) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isSynced(member) || !member.isAlive());
        if (!isSynced(member)) {
            throw new AssertionError("the member is not synced\n" + member.log(40));
        }
    }

    public static boolean isSynced(MariaDb member) {
        return has(member, "wsrep_local_state", "4");
    }

    /** Whether the member is of the majority; the others answer nothing. */
    public static boolean isPrimary(MariaDb member) {
        return has(member, "wsrep_cluster_status", "Primary");
    }

    private static boolean has(MariaDb member, String variable, String value) {
        try {
            return member.value("SELECT variable_value FROM information_schema.global_status WHERE variable_name = '"
                            + variable + "'")
                    .equals(value);
        } catch (SQLException away) {
            return false;
        }
    }

    @Override
    public void close() {
        servers.forEach(MariaDb::close);
    }
}
