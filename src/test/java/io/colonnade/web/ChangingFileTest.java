package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.colonnade.testing.RawResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of a directory that is written while it is served; in memory, and from disk. */
class ChangingFileTest {
    private static final String LATER = "Fri, 01 Jan 2100 00:00:00 GMT";

    @TempDir
    Path folder;

    private WebServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new WebServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 1_000})
    void isNeitherStoredNorComparedNorCutWhileItMayBeIncomplete(int length) throws IOException {
        var file = Files.writeString(folder.resolve("files/files/a.txt"), "x".repeat(length));
        for (var line : new String[] {"X: 1", "Range: bytes=0-1", "If-None-Match: ", "If-Modified-Since: " + LATER}) {
            await().untilAsserted(() -> assertUnsettled(file, length, line));
        }

        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1)));
        await().until(() -> get().field("etag").isPresent());
        assertThat(get().field("cache-control")).contains("public, max-age=60");
        assertThat(get("If-None-Match: " + WebServer.tag(get())).status()).isEqualTo(304);
    }

    private void assertUnsettled(Path file, int length, String line) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        var response = get(line);
        assertThat(response.status()).as(line).isEqualTo(200);
        assertThat(response.text()).hasSize(length);
        assertThat(response.field("cache-control")).contains("no-store");
        for (var validator : new String[] {"etag", "last-modified", "content-range"}) {
            assertThat(response.field(validator)).as(validator).isEmpty();
        }
    }

    private RawResponse get(String... lines) throws IOException {
        return server.get("/files/a.txt", lines);
    }
}
