package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/what-happens-when.md} print what the page says. */
class WhatHappensWhenIT {
    private static final Pattern BLOCK = Pattern.compile("```(sh|console)\n(.*?)```", Pattern.DOTALL);

    /** Either of the two nodes may serve a request. */
    private static final Pattern SERVED_BY = Pattern.compile("(?m)^(x-\\w+-node: )[a-z-]+$");

    @TempDir
    Path folder;

    /** A command of the page and what it is said to print. */
    private record Step(String command, String output) {}

    @Test
    void printsWhatThePageSays() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/dig")), "dig is not installed");
        assumeTrue(Files.exists(Path.of("/usr/bin/curl")), "curl is not installed");
        Files.createSymbolicLink(folder.resolve("target"), Path.of("target").toAbsolutePath());
        try (var cluster = new Nodes()) {
            var nodes = new ArrayList<Node>();
            for (var flags : startFlags()) {
                var port = nodes.isEmpty() ? "0" : Integer.toString(nodes.get(0).port());
                nodes.add(cluster.start(
                        launch -> launch.with("--port", port, "--dns-port", "0").with(flags)));
            }
            var steps = steps();
            assertThat(steps).hasSizeGreaterThan(8);
            steps.forEach(step -> run(step, nodes.get(0)));
        }
    }

    private void run(Step step, Node node) {
        var command = step.command()
                .replace("-p 8053", "-p " + node.dnsPort())
                .replace(":8080 ", ":" + node.port() + " ")
                .replace(":9080", ":" + node.adminPort());
        if (command.startsWith("dig ")) {
            // The record may take a moment to reach every node.
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> check(step, command));
        } else {
            check(step, command);
        }
    }

    private void check(Step step, String command) {
        assertThat(plain(output(command))).as(step.command()).matches(pattern(plain(step.output())));
    }

    private String output(String command) {
        try {
            var shell = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The words behind {@code java -jar target/colonnade.jar} of each line that starts a node. */
    private static List<String[]> startFlags() throws IOException {
        return blocks("sh").stream()
                .flatMap(String::lines)
                .map(line -> line.split(" ", 4)[3].split(" ", -1))
                .toList();
    }

    private static List<Step> steps() throws IOException {
        return blocks("console").stream()
                .flatMap(block -> Arrays.stream(block.split("(?m)^\\$ ", -1)).skip(1))
                .map(text -> text.split("\n", 2))
                .map(parts -> new Step(parts[0], parts[1]))
                .toList();
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs", "what-happens-when.md")))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String plain(String output) {
        var spaced = output.replace("\r", "").replaceAll("[ \t]+", " ").strip();
        return SERVED_BY.matcher(spaced).replaceAll("$1NODE");
    }

    private static Pattern pattern(String output) {
        return Pattern.compile(
                Arrays.stream(output.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
