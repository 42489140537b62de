package io.colonnade.foobar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EventsTest {
    private LocalBoard board;

    @BeforeEach
    void start(@TempDir Path uploads) {
        board = new LocalBoard(uploads);
    }

    @AfterEach
    void stop() {
        board.close();
    }

    @Test
    void tellsOfMessagesAndDeletions() throws IOException {
        try (var reader = new Reader()) {
            var ada = board.visitor().signIn("Ada");
            var message = ada.postText("two\nlines").json();
            ada.delete("/api/messages/1");

            assertThat(reader.line("event: ")).isEqualTo("event: posted");
            assertThat(reader.line("id: ")).isEqualTo("id: 1");
            assertThat(reader.line("data: ")).isEqualTo("data: " + message.encode());
            assertThat(reader.line("event: ")).isEqualTo("event: deleted");
            assertThat(reader.line("data: ")).isEqualTo("data: {\"id\":1}");
        }
    }

    @Test
    void doesNotTellOfRepetitions() throws IOException {
        try (var reader = new Reader()) {
            var ada = board.visitor().signIn("Ada");
            ada.postText("Hello", "Idempotency-Key", "k1");
            ada.postText("Hello", "Idempotency-Key", "k1");
            ada.postText("Goodbye");

            assertThat(reader.line("id: ")).isEqualTo("id: 1");
            assertThat(reader.line("id: ")).isEqualTo("id: 2");
        }
    }

    @Test
    void startsWithAHeadAndBeatsWhenNothingHappens() throws IOException {
        try (var reader = new Reader()) {
            assertThat(reader.line("HTTP/1.1 ")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(reader.line("content-type: ")).isEqualTo("content-type: text/event-stream");
            assertThat(reader.line("retry: ")).isEqualTo("retry: 2000");
            assertThat(reader.line(":")).isEqualTo(":");
            assertThat(reader.line(":")).isEqualTo(":");
        }
    }

    @Test
    void endsStreamsCleanlyWhenTheSiteStops() throws IOException {
        try (var reader = new Reader()) {
            reader.line("retry: ");
            board.stop();

            // the last chunk of a chunked body
            assertThat(reader.line("0")).isEqualTo("0");
        }
    }

    @Test
    void cutsAReaderThatDoesNotRead() throws IOException {
        var text = "x".repeat(2000);
        try (var reader = new Reader();
                var lazy = new Reader()) {
            lazy.line("retry: ");
            for (var id = 1; id <= 10_000; id++) {
                board.publish(new Message(id, "Ada", "ada", text, Instant.EPOCH, null));
                reader.line("id: " + id);
            }

            assertThat(lazy.rest()).noneMatch(line -> line.equals("id: 10000"));
        }
    }

    /** A connection that reads an event stream line by line, as bytes come. */
    private final class Reader implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), board.port());
        private final BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));

        Reader() throws IOException {
            socket.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        }

        /** The next line that starts so. */
        String line(String start) throws IOException {
            String line;
            do {
                line = lines.readLine();
            } while (line != null && !line.startsWith(start));
            return line;
        }

        /** The lines until the connection ends, however it does. */
        Stream<String> rest() {
            return Stream.generate(this::lineOrNothing).takeWhile(line -> !line.equals("<end>"));
        }

        private String lineOrNothing() {
            try {
                var line = lines.readLine();
                return line == null ? "<end>" : line;
            } catch (IOException e) {
                return "<end>";
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
