package io.colonnade.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The machine and the versions of everything that takes part. */
final class Surroundings {
    private static final List<String> PACKAGES =
            List.of("haproxy", "nginx", "caddy", "tomcat10", "mariadb-server", "wrk");

    private Surroundings() {}

    static Map<String, String> read() throws IOException {
        var all = new LinkedHashMap<String, String>();
        all.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        all.put("machine", machine());
        all.put("commit", output("git", "rev-parse", "--short", "HEAD"));
        all.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        all.put("packages", packages());
        return all;
    }

    private static String machine() throws IOException {
        var model = value(Path.of("/proc/cpuinfo"), "model name");
        var memory = Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal").split(" ", -1)[0]) / 1_048_576;
        return Runtime.getRuntime().availableProcessors() + " cores of " + model + ", " + memory + " GiB, Linux "
                + System.getProperty("os.version");
    }

    private static String value(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }

    private static String packages() {
        return PACKAGES.stream().map(Surroundings::packaged).collect(Collectors.joining(", "));
    }

    private static String packaged(String name) {
        try {
            return name + " " + output("dpkg-query", "-f", "${Version}", "-W", name);
        } catch (IOException missing) {
            return name + " of unknown version";
        }
    }

    private static String output(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream printed = process.getInputStream()) {
            return new String(printed.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
