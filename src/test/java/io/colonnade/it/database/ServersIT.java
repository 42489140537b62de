package io.colonnade.it.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The ground itself. */
class ServersIT {
    @Test
    void aServerKeepsWhatWasCommittedWhenItIsKilled() throws IOException, SQLException {
        try (var server = MariaDb.open()) {
            server.execute("CREATE TABLE board.kept AS SELECT 1 AS one");

            server.kill9();
            server.start();

            assertThat(server.awaitAnswer().value("SELECT one FROM board.kept")).isEqualTo("1");
        }
    }

    @Test
    void aReplicaIsPromotedAndTheFormerPrimaryFollows() throws IOException, SQLException {
        try (var replication = Replication.open()) {
            var first = replication.primary();
            var next = replication.replicas().get(0);
            var last = replication.replicas().get(1);
            first.execute("CREATE TABLE board.names (name VARCHAR(9))");
            replication.awaitReplicas(first, next, last);
            assertThatThrownBy(() -> asTheBoard(next, "INSERT INTO names VALUES ('lost')"))
                    .hasMessageContaining("read-only");

            replication.stopApplying(last);
            first.execute("INSERT INTO board.names VALUES ('one')");
            replication.awaitReplicas(first, next);
            assertThat(last.column("SELECT name FROM board.names")).isEmpty();
            first.kill9();
            replication.promote(next);
            replication.follow(last, next);
            asTheBoard(next, "INSERT INTO names VALUES ('two')");
            first.start();
            first.awaitAnswer();
            replication.follow(first, next);

            replication.awaitReplicas(next, first, last);
            for (var server : replication.servers()) {
                assertThat(server.column("SELECT name FROM board.names")).containsExactly("one", "two");
            }
        }
    }

    @Test
    void aMemberOfGaleraThatWasKilledCatchesUp() throws IOException, SQLException {
        try (var galera = Galera.open()) {
            var killed = galera.servers().get(2);
            var other = galera.servers().get(0);
            other.execute("CREATE TABLE board.numbers (number INT PRIMARY KEY)");

            killed.kill9();
            // The two that are left refuse statements (1047) while they agree that the third is gone.
            await().ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(() -> other.execute("INSERT INTO board.numbers VALUES (1), (2)"));
            killed.start();
            Galera.awaitSynced(killed);

            assertThat(killed.column("SELECT number FROM board.numbers")).containsExactly("1", "2");
        }
    }

    private static void asTheBoard(MariaDb server, String sql) throws SQLException {
        var url = "jdbc:mariadb://127.0.0.1:" + server.port() + "/board?sslMode=disable";
        try (var connection = DriverManager.getConnection(url, "board", "secret");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
