package io.colonnade.testing;

import static io.colonnade.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.testing.RawResponse.End;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads from a server that sends exactly the bytes that the test gives it. */
class RawHttpTest {
    @Test
    void keepsTheLinesOfTheHeadAsTheyCame() throws IOException {
        var response = read("HTTP/1.1 200 Fine\r\nX-B: 2\r\nx-a:1\r\nX-b: 3\r\ncontent-length: 2\r\n\r\nok");
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 Fine");
        assertThat(response.fields()).containsExactly("X-B: 2", "x-a:1", "X-b: 3", "content-length: 2");
        assertThat(response.fieldValues("x-b")).containsExactly("2", "3");
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.end()).isEqualTo(End.LENGTH);
    }

    @Test
    void keepsTheSizesOfChunksAndTheTrailers() throws IOException {
        var response = read(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX-Sum: 13\r\n\r\n");
        assertThat(response.text()).isEqualTo("abc0123456789");
        assertThat(response.chunks()).containsExactly(3, 10);
        assertThat(response.trailers()).containsExactly("X-Sum: 13");
        assertThat(response.end()).isEqualTo(End.LAST_CHUNK);
    }

    @Test
    void readsUntilTheCloseIfNothingElseTellsTheEnd() throws IOException {
        var response = read("HTTP/1.0 200 OK\r\n\r\nuntil the end");
        assertThat(response.text()).isEqualTo("until the end");
        assertThat(response.end()).isEqualTo(End.CLOSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 10\r\n\r\nshort",
                "transfer-encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "transfer-encoding: chunked\r\n\r\n10\r\nshort",
                "transfer-encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n"
            })
    void tellsThatABodyIsNotComplete(String rest) throws IOException {
        var response = read("HTTP/1.1 200 OK\r\n" + rest);
        assertThat(response.text()).isEqualTo("short");
        assertThat(response.isComplete()).isFalse();
    }

    @Test
    void failsIfTheHeadIsNotComplete() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nX-A")).isInstanceOf(EOFException.class);
    }

    @Test
    void readsPipelinedResponsesOneByOne() throws IOException {
        var script =
                """
                HTTP/1.1 103 Early Hints
                Link: a

                HTTP/1.1 304 Not Modified
                Content-Length: 5

                HTTP/1.1 200 OK
                content-length: 9

                HTTP/1.1 204 No Content

                """
                        .replace("\n", "\r\n");
        try (var server = new Scripted(script);
                var http = RawHttp.connect(server.port())) {
            http.send(request("GET", "/") + request("HEAD", "/") + request("GET", "/"));
            assertThat(http.read().status()).isEqualTo(103);
            assertThat(http.read().end()).isEqualTo(End.NO_BODY);
            assertThat(http.read(true).field("Content-Length")).contains("9");
            assertThat(http.read().status()).isEqualTo(204);
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void sendsExactlyWhatItIsTold() throws IOException {
        try (var server = new Scripted("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                var http = RawHttp.connect(server.port())) {
            http.send("GET /\u00e9 HTTP/1.1\r\nhOST:  a\r\n\r\n").sendEnd().read();
            assertThat(server.received()).isEqualTo("GET /\u00e9 HTTP/1.1\r\nhOST:  a\r\n\r\n");
        }
    }

    private static RawResponse read(String script) throws IOException {
        try (var server = new Scripted(script);
                var http = RawHttp.connect(server.port())) {
            return http.send(request("GET", "/")).read();
        }
    }

    /** Sends its text to the first client, reads all that the client sends, and closes. */
    private static final class Scripted implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final Thread thread;
        private volatile String received = "";

        Scripted(String script) throws IOException {
            thread = new Thread(() -> serve(script));
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        /** Waits until all has arrived. */
        String received() {
            try {
                thread.join();
                return received;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        private void serve(String script) {
            try (var client = socket.accept()) {
                client.getOutputStream().write(script.getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
                received = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException gone) {
                received = "gone: " + gone;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
