package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.it.database.MariaDb;
import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A database that does not answer while a table is locked. */
class SlowDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READERS = 40;

    @Test
    void whatDoesNotNeedItGoesOnAndOfTheOthersOnlySomeWait() throws IOException, SQLException {
        var threads = Executors.newFixedThreadPool(READERS);
        try (var server = MariaDb.open();
                var cluster = new Nodes()) {
            var node = cluster.start(1, launch -> launch.with("--database", server.url())
                            .with("--set", "database-password=secret")
                            .with("--set", "lanes=2", "--set", "store.pool-size=2", "--set", "store.wait-queue=4"))
                    .get(0);
            BoardClient.awaitBoard(List.of(node));
            var client = BoardClient.of(node);
            var reads = new ArrayList<CompletableFuture<HttpResponse<String>>>();

            try (var lock = server.connect()) {
                lock.createStatement().execute("LOCK TABLES board_foobar.messages WRITE");
                for (var reader = 0; reader < READERS; reader++) {
                    reads.add(CompletableFuture.supplyAsync(() -> client.get(BoardClient.MESSAGES), threads));
                }
                await().atMost(PATIENCE).until(() -> reads.stream().anyMatch(CompletableFuture::isDone));
                for (var visit = 0; visit < READERS; visit++) {
                    assertThat(client.get("/").statusCode()).isEqualTo(200);
                    assertThat(client.get("/api/session").statusCode()).isEqualTo(200);
                }
                assertThat(reads).anyMatch(read -> !read.isDone());
            }

            var answers = reads.stream().map(CompletableFuture::join).toList();
            assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 503);
            assertThat(answers).filteredOn(answer -> answer.statusCode() != 200).allSatisfy(answer -> assertThat(
                            BoardClient.shown(answer))
                    .contains(": 503")
                    .contains("retry-after"));
        } finally {
            threads.shutdownNow();
        }
    }
}
