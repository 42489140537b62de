package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.database.Galera;
import io.colonnade.it.database.MariaDb;
import io.colonnade.it.database.Outage;
import io.colonnade.it.database.Replication;
import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Posts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database servers of a board fail one after another under load: no answered post is lost, and none is there twice. */
class DatabaseFailoverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How much longer than the database itself the board may be unable to write. */
    private static final Duration BEYOND_THE_DATABASE = Duration.ofSeconds(3);

    private static final String TEXTS = "SELECT text FROM board_foobar.messages";
    private static final String NO_HOLDING = "SET GLOBAL rpl_semi_sync_master_enabled = 0";

    /** A fault of the database, and what its operator does then. */
    private interface Loss {
        Outage happens() throws IOException, SQLException;
    }

    @Test
    void followsThePrimaryOfAReplication() throws IOException, SQLException {
        try (var replication = Replication.openSemiSynchronous();
                var cluster = new Nodes()) {
            var a = replication.primary();
            var b = replication.replicas().get(0);
            var c = replication.replicas().get(1);
            var nodes = board(cluster, replication.url());
            seesItsOwnWritesOnly(replication, nodes);
            Outage.prepare(a);

            try (var posts = new Posts(nodes)) {
                lose(posts, "read-only", () -> {
                    a.readOnly(true);
                    var outage = Outage.begin();
                    replication.promote(b);
                    outage.endsAt(b);
                    replication.follow(a, b);
                    replication.follow(c, b);
                    return outage;
                });
                lose(posts, "restarted", () -> {
                    b.kill9();
                    var outage = Outage.begin();
                    b.start("--rpl-semi-sync-master-enabled");
                    return outage.endsAt(b);
                });
                replication.awaitReplicas(b, a, c);
                var next = lose(posts, "frozen", () -> {
                    b.sigstop();
                    var outage = Outage.begin();
                    var more = Replication.moreAdvanced(a, c);
                    replication.promote(more);
                    outage.endsAt(more);
                    replication.follow(more == a ? c : a, more);
                    return outage;
                });
                b.sigcont();
                await().atMost(PATIENCE).until(() -> role(nodes.get(0), b).equals("not used"));
                var last = next == a ? c : a;
                replication.awaitReplicas(next, last);
                lose(posts, "killed", () -> {
                    next.kill9();
                    var outage = Outage.begin();
                    replication.promote(last);
                    last.execute(NO_HOLDING);
                    return outage.endsAt(last);
                });
                posts.stop();
                assertAllAreThere(posts, last);
            }
        }
    }

    @Test
    void followsTheMembersOfAGaleraCluster() throws IOException, SQLException {
        try (var galera = Galera.open();
                var cluster = new Nodes()) {
            var first = galera.servers().get(0);
            var second = galera.servers().get(1);
            var third = galera.servers().get(2);
            var nodes = board(cluster, galera.url());
            Outage.prepare(second);

            try (var posts = new Posts(nodes)) {
                lose(posts, "member killed", () -> {
                    first.kill9();
                    return Outage.begin().endsAt(second);
                });
                first.start();
                Galera.awaitSynced(first);
                posts.awaitMore(20);
                lose(posts, "member frozen", () -> {
                    first.sigstop();
                    return Outage.begin().endsAt(second);
                });
                first.sigcont();
                Galera.awaitSynced(first);
                lose(posts, "majority frozen", () -> {
                    first.sigstop();
                    third.sigstop();
                    var outage = Outage.begin();
                    await().atMost(PATIENCE).until(() -> !Galera.isPrimary(second));
                    first.sigcont();
                    third.sigcont();
                    return outage.endsAt(second);
                });
                posts.awaitMore(20);
                posts.stop();
                assertAllAreThere(posts, second);
            }
        }
    }

    private static List<Node> board(Nodes cluster, String url) throws IOException {
        var nodes = cluster.start(2, launch -> launch.with("--database", url)
                .with("--set", "database-password=secret", "--set", "store.max-lag=1m"));
        BoardClient.awaitBoard(nodes);
        return nodes;
    }

    /** A user with a session sees their own posts at any node, although no replica has them; a stranger reads from the replicas. */
    private static void seesItsOwnWritesOnly(Replication replication, List<Node> nodes) throws SQLException {
        var ada = BoardClient.of(nodes.get(0)).signIn("Ada");
        var stranger = BoardClient.of(nodes.get(0));
        for (var replica : replication.replicas()) {
            replication.stopApplying(replica);
        }
        for (var number = 0; number < 20; number++) {
            var text = "own " + number;
            assertThat(ada.post(text).statusCode()).isEqualTo(201);
            assertThat(ada.texts("?limit=1")).containsExactly(text);
            assertThat(ada.at(nodes.get(1)).texts("?limit=1")).containsExactly(text);
        }
        assertThat(stranger.texts("")).isEmpty();

        for (var replica : replication.replicas()) {
            replication.resumeApplying(replica);
        }
        await().atMost(PATIENCE).until(() -> stranger.texts("?limit=1").contains("own 19"));
    }

    private static MariaDb lose(Posts posts, String what, Loss loss) throws IOException, SQLException {
        posts.awaitMore(20);
        var lost = System.nanoTime();
        var outage = loss.happens();
        var database = outage.length();
        posts.awaitMore(20);
        var board = posts.longestGapSince(lost);
        System.out.printf(
                "%s: nothing was written for %d ms; the database itself took %d ms%n",
                what, board.toMillis(), database.toMillis());
        assertThat(board).as(what).isLessThan(database.plus(BEYOND_THE_DATABASE));
        return outage.server();
    }

    private static void assertAllAreThere(Posts posts, MariaDb server) throws SQLException {
        assertThat(posts.refused())
                .allSatisfy(answer -> assertThat(answer).startsWith("503").contains("retry-after"));
        assertThat(server.column(TEXTS)).doesNotHaveDuplicates().containsAll(posts.answered());
    }

    private static String role(Node node, MariaDb server) {
        return node.status().getJsonObject("database").getJsonArray("servers").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("address").equals("127.0.0.1:" + server.port()))
                .map(each -> each.getString("role"))
                .findFirst()
                .orElseThrow();
    }
}
