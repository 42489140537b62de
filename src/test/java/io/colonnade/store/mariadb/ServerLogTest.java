package io.colonnade.store.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @Test
    void beginsAnewWhenItIsLong(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("mariadb.log"), "short");
        var log = new ServerLog(file);

        log.rotate();
        assertThat(file).hasContent("short");

        Files.write(file, new byte[16 << 20]);
        log.rotate();
        assertThat(file).isEmptyFile();
        assertThat(folder.resolve("mariadb.log.1")).hasSize(16 << 20);
    }

    @Test
    void tellsTheFirstErrorOfTheLastStart(@TempDir Path folder) throws IOException {
        var former = "2026-01-01 [ERROR] former\n";
        var file = Files.writeString(
                folder.resolve("mariadb.log"),
                former
                        + "2026-01-02 0 [Note] starting\n2026-01-02 0 [ERROR] Can't start server\n2026-01-02 0 [ERROR] Aborting\n");

        assertThat(new ServerLog(file).errorAfter(former.length())).contains("Can't start server");
        assertThat(new ServerLog(file).errorAfter(file.toFile().length())).isEmpty();
    }
}
