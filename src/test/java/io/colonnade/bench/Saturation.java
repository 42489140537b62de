package io.colonnade.bench;

import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What a contender does when it gets all that it can take, from wrk with one thread.
 *
 * @param perSecond requests
 * @param cpuMicros of each program per request
 */
record Saturation(double perSecond, Map<String, Double> cpuMicros, long residentBytes) {
    private static final Pattern ERRORS = Pattern.compile("^ *((?:Socket errors|Non-2xx).*)$", Pattern.MULTILINE);
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
    private static final Pattern PER_SECOND = Pattern.compile("Requests/sec: +([0-9.]+)");

    /** CPU microseconds of all programs per request. */
    double cpu() {
        return cpuMicros.values().stream().mapToDouble(each -> each).sum();
    }

    /** Measures for so many seconds; fails if a request does. */
    static Saturation measure(RunningContender contender, Ask ask, int connections, int seconds, Path folder)
            throws IOException, BenchException {
        var command = command(contender, ask, connections, seconds, folder);
        var before = contender.cpuMicros();
        var printed = run(command, folder, seconds);
        var after = contender.cpuMicros();
        var errors = ERRORS.matcher(printed);
        var requests = REQUESTS.matcher(printed);
        var perSecond = PER_SECOND.matcher(printed);
        if (errors.find()
                || !requests.find()
                || !perSecond.find()
                || requests.group(1).equals("0")) {
            throw new BenchException(contender.contender().fullName() + " failed under " + ask.label() + ": "
                    + (errors.reset().find() ? errors.group(1) : printed));
        }
        var count = Double.parseDouble(requests.group(1));
        var cost = new LinkedHashMap<String, Double>();
        after.forEach((name, micros) -> cost.put(name, (micros - before.getOrDefault(name, 0L)) / count));
        return new Saturation(Double.parseDouble(perSecond.group(1)), cost, contender.residentBytes());
    }

    private static List<String> command(RunningContender contender, Ask ask, int connections, int seconds, Path folder)
            throws IOException {
        var command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s"));
        ask.lines().forEach(line -> command.addAll(List.of("-H", line)));
        if (!ask.method().equals("GET")) {
            var script = Files.writeString(folder.resolve("method.lua"), "wrk.method = \"" + ask.method() + "\"\n");
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(contender.uri(ask.path()).toString());
        return command;
    }

    private static String run(List<String> command, Path folder, int seconds) throws IOException, BenchException {
        var printed = folder.resolve("wrk.txt");
        var process = Processes.endWithTheTests(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start());
        try {
            if (!process.waitFor(seconds + 30L, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchException("wrk does not end");
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", interrupted);
        }
        return Files.readString(printed);
    }
}
