package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.docs.Readme;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeIT {
    @TempDir
    Path folder;

    @Test
    void buildsAndServesTheSiteOfTheReadme() throws Exception {
        Files.writeString(folder.resolve("HelloSite.java"), Readme.block("java", "class HelloSite"));
        Files.writeString(folder.resolve("V1__hits.sql"), Readme.block("sql", "hits"));
        Files.createSymbolicLink(folder.resolve("target"), Path.of("target").toAbsolutePath());
        var commands = Readme.block("sh", "javac")
                .lines()
                .filter(line -> !line.startsWith("java -jar"))
                .collect(Collectors.joining("\n"));
        run(commands);
        try (var nodes = new Nodes()) {
            var node = nodes.start(
                    launch -> launch.with("--site", folder.resolve("hello.jar").toString()));
            assertThat(get(node)).startsWith("Hit 1, answered by ");
            assertThat(get(node)).startsWith("Hit 2, answered by ");
        }
    }

    private static String get(Node node) throws IOException {
        return RawHttp.exchange(node.port(), RawHttp.request("GET", "/")).text();
    }

    private void run(String commands) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("sh", "-ec", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
    }
}
