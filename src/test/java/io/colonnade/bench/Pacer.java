package io.colonnade.bench;

import io.colonnade.it.harness.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The generator of a fixed rate, as the harness sees it. */
final class Pacer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private Pacer(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static Pacer start(Path folder) throws IOException {
        var process = new ProcessBuilder(Java.command(List.of("-Xmx512m"), PaceMain.class.getName()))
                .redirectError(folder.resolve("pacer.txt").toFile())
                .start();
        return new Pacer(Processes.endWithTheTests(process));
    }

    /** Sends at the rate for so many seconds; fails if a request does. */
    Latency measure(RunningContender contender, Ask ask, int connections, double perSecond, int seconds)
            throws IOException, BenchException {
        var order = String.format(
                Locale.ROOT,
                "%d %d %.1f %d %s\n",
                contender.contender().port(),
                connections,
                perSecond,
                seconds,
                head(contender, ask).replace("\r\n", "\t"));
        process.getOutputStream().write(order.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        var answer = answers.readLine();
        if (answer == null || !answer.startsWith("0 ")) {
            throw new BenchException(contender.contender().fullName() + " failed at " + Math.round(perSecond)
                    + " requests/s of " + ask.label() + ": " + answer);
        }
        var words = answer.split(" ", -1);
        return new Latency(Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3]));
    }

    private static String head(RunningContender contender, Ask ask) {
        var head = new StringBuilder(ask.method() + " " + ask.path() + " HTTP/1.1\r\n")
                .append("Host: 127.0.0.1:")
                .append(contender.contender().port())
                .append("\r\n");
        ask.lines().forEach(line -> head.append(line).append("\r\n"));
        return head.append("\r\n").toString();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Milliseconds from the time at which a request was due. */
    record Latency(double p50, double p99, double p999) {}
}
