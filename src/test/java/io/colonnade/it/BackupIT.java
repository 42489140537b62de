package io.colonnade.it;

import static io.colonnade.it.harness.BoardClient.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.Processes;
import io.colonnade.store.backup.Operator;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores of a board that is in use. */
class BackupIT {
    private static Nodes cluster;
    private static Node node;
    private static BoardClient ada;

    private final List<String> progress = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void startABoard() throws IOException {
        cluster = new Nodes();
        node = cluster.start(UnaryOperator.identity());
        BoardClient.awaitBoard(List.of(node));
        ada = BoardClient.of(node).signIn("Ada");
    }

    @AfterAll
    static void end() throws IOException {
        cluster.close();
    }

    @Test
    void aRestoreBringsBackWhatTheBackupHasWhileTheSiteAnswers() throws Exception {
        var picture = new byte[3_000_000];
        new Random(7).nextBytes(picture);
        picture[0] = (byte) 0x89;
        System.arraycopy("PNG\r\n\032\n".getBytes(StandardCharsets.US_ASCII), 0, picture, 1, 7);
        var posted = ada.postPicture("a picture", picture);
        assertThat(posted.statusCode()).as(BoardClient.shown(posted)).isEqualTo(201);
        var file = folder.resolve("board.zip");

        List<Integer> answers;
        try (var readers = new Readers()) {
            operator().backup(file, progress::add);
            assertThat(ada.post("after").statusCode()).isEqualTo(201);
            operator().restore(file, progress::add);
            answers = readers.stop();
        }

        assertThat(progress).contains("site_foobar: copied", "site_foobar: read");
        assertThat(answers).isNotEmpty().allMatch(status -> status == 200);
        assertThat(ada.texts("")).contains("a picture").doesNotContain("after");
        assertThat(ada.getBytes(new JsonObject(posted.body()).getString("picture"))
                        .body())
                .isEqualTo(picture);
        assertThat(ada.post("and on").statusCode()).isEqualTo(201);
        assertThat(shell("SELECT text FROM `site_foobar~replaced`.messages")).contains("after");
    }

    @Test
    void aWrongFileChangesNothing() throws Exception {
        assertThat(ada.post("kept").statusCode()).isEqualTo(201);
        var before = ada.texts("");
        var whole = folder.resolve("whole.zip");
        operator().backup(whole, progress::add);
        assertThatThrownBy(() -> operator().backup(whole, progress::add)).hasMessageContaining("is there already");
        var bytes = Files.readAllBytes(whole);
        var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length - 40));
        bytes[bytes.length / 2] ^= 1;
        var damaged = Files.write(folder.resolve("damaged.zip"), bytes);
        var wrong = Files.writeString(folder.resolve("wrong.zip"), "this is something else");

        for (var file : List.of(cut, damaged, wrong, folder.resolve("missing.zip"))) {
            assertThatThrownBy(() -> operator().restore(file, progress::add))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThat(ada.texts("")).isEqualTo(before);
    }

    @Test
    void aSchemaThatCannotBeExchangedIsLeftAlone() throws Exception {
        assertThat(ada.post("kept").statusCode()).isEqualTo(201);
        var before = ada.texts("");
        var withView = folder.resolve("view.zip");
        shell("CREATE VIEW site_foobar.totals AS SELECT COUNT(*) FROM site_foobar.messages");
        operator().backup(withView, progress::add);
        assertThatThrownBy(() -> operator().restore(withView, progress::add)).hasMessageContaining("the view totals");
        shell("DROP VIEW site_foobar.totals");

        assertThatThrownBy(() -> operator().restore(withView, progress::add)).hasMessageContaining("the view totals");

        assertThat(ada.texts("")).isEqualTo(before);
        assertThat(shell("", "-e", "SHOW DATABASES")).contains("site_foobar").doesNotContain("~restored");
    }

    private static Operator operator() throws IOException {
        return Operator.of(node.launch().data());
    }

    /** Runs the command-line client as a process, as it reads from its standard input. */
    private String shell(String statement) throws IOException, InterruptedException {
        return shell(statement, "--log-level", "info");
    }

    private String shell(String statement, String flag, String value) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var data = node.launch().data().toString();
        var process = Processes.endWithTheTests(new ProcessBuilder(
                        java, "-jar", "target/colonnade.jar", "database", "shell", "--data", data, flag, value)
                .redirectErrorStream(true)
                .start());
        try (var statements = process.getOutputStream()) {
            statements.write(statement.getBytes(StandardCharsets.UTF_8));
        }
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** A reader of the board, who asks again as soon as it answers. */
    private static final class Readers implements AutoCloseable {
        private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final CompletableFuture<Void> run = CompletableFuture.runAsync(this::read);

        private void read() {
            while (going.get()) {
                answers.add(ada.get(MESSAGES).statusCode());
            }
        }

        List<Integer> stop() {
            going.set(false);
            run.join();
            return List.copyOf(answers);
        }

        @Override
        public void close() {
            going.set(false);
        }
    }
}
