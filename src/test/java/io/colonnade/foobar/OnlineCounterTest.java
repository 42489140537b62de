package io.colonnade.foobar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineCounterTest {
    private LocalBoard board;
    private WebSocketClient client;

    @BeforeEach
    void start(@TempDir Path uploads) {
        board = new LocalBoard(uploads);
        client = board.vertx.createWebSocketClient();
    }

    @AfterEach
    void stop() {
        board.close();
    }

    @Test
    void countsThePagesThatAreOpen() throws Exception {
        var first = new Page();
        first.awaitLast("{\"here\":1}");
        var second = new Page();
        first.awaitLast("{\"here\":2}");
        second.awaitLast("{\"here\":2}");
        second.socket.close();
        first.awaitLast("{\"here\":1}");
    }

    @Test
    void countsThoseOfOtherLanesUntilTheseAreSilent() throws Exception {
        var page = new Page();
        board.hearOfPages(2);
        page.awaitLast("{\"here\":3}");
        page.awaitLast("{\"here\":1}");
    }

    @Test
    void tellsTheOutcomeOfManyChanges() throws Exception {
        var page = new Page();
        page.awaitLast("{\"here\":1}");
        for (var i = 1; i <= 100; i++) {
            board.hearOfPages(i);
        }
        page.awaitLast("{\"here\":101}");
        assertThat(page.heard).hasSizeLessThan(20);
    }

    @Test
    void tellsAPageThatComesWhenAnotherGoes() throws Exception {
        var first = new Page();
        first.awaitLast("{\"here\":1}");
        first.socket.close();
        var second = new Page();
        second.awaitLast("{\"here\":1}");
    }

    @Test
    void hasPagesComeAgainWhenTheSiteStops() throws Exception {
        var page = new Page();
        page.awaitLast("{\"here\":1}");
        board.stop();
        await().until(page.socket::isClosed);
        assertThat(page.socket.closeStatusCode()).isEqualTo((short) 1012);
    }

    @Test
    void saysWhatItIsToWhoAsksOtherwise() {
        var answer = board.visitor().get("/api/presence");
        assertThat(answer.status()).isEqualTo(426);
    }

    private final class Page {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final ClientWebSocket socket = client.webSocket();

        Page() throws Exception {
            socket.textMessageHandler(heard::add);
            socket.connect(board.port(), "127.0.0.1", "/api/presence").await(10, TimeUnit.SECONDS);
        }

        void awaitLast(String text) {
            await().untilAsserted(() -> assertThat(heard).isNotEmpty().last().isEqualTo(text));
        }
    }
}
