package io.colonnade.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The load generator wrk, on 64 connections that are kept alive. It counts as errors the connections that end before their response is
 * whole and those that cannot be made. After {@code Connection: close} it makes a new connection, as a client should.
 */
public final class Wrk implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/wrk");
    private static final int CONNECTIONS = 64;

    private final Process process;
    private final Path printed;

    private Wrk(Process process, Path printed) {
        this.process = process;
        this.printed = printed;
    }

    /** Skips the test where wrk is not installed. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(Files.exists(PROGRAM), PROGRAM + " is missing; install wrk");
    }

    /** How many requests a second the URL answers at most, measured for 5 s. */
    public static double most(Path folder, String url) throws IOException {
        try (var wrk = start(folder, "5s", List.of(url))) {
            return number(wrk.await(), "Requests/sec: +([0-9.]+)");
        }
    }

    /** Starts to send about {@code perSecond} requests a second, until {@link #stop}. */
    public static Wrk start(Path folder, String url, double perSecond) throws IOException {
        var script = Files.writeString(
                folder.resolve("pace.lua"),
                String.format(
                        Locale.ROOT,
                        "function delay() return math.random(0, %d) end",
                        Math.round(2e3 * CONNECTIONS / perSecond)));
        return start(folder, "3600s", List.of("-s", script.toString(), url));
    }

    private static Wrk start(Path folder, String time, List<String> words) throws IOException {
        var printed = Files.createTempFile(folder, "wrk", ".txt");
        var command = new ArrayList<>(List.of(PROGRAM.toString(), "-t1", "-c" + CONNECTIONS, "-d" + time));
        command.addAll(words);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        return new Wrk(Processes.endWithTheTests(process), printed);
    }

    /** Ends wrk and returns what it counted. */
    public Count stop() throws IOException {
        Processes.run("kill", "-INT", Long.toString(process.pid()));
        return Count.of(await());
    }

    /**
     * What wrk counted.
     *
     * @param errors the lines about errors; empty if there were none
     */
    public record Count(long requests, String errors, String printed) {
        private static final Pattern ERRORS = Pattern.compile("^ *(Socket errors|Non-2xx).*$", Pattern.MULTILINE);

        static Count of(String printed) {
            var errors = ERRORS.matcher(printed);
            var found = errors.find() ? errors.group().strip() : "";
            return new Count((long) number(printed, "([0-9]+) requests in"), found, printed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String await() throws IOException {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("wrk does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        return Files.readString(printed);
    }

    private static double number(String printed, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(printed);
        if (!matcher.find()) {
            throw new AssertionError("wrk printed\n" + printed);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
