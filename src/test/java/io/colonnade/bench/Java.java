package io.colonnade.bench;

import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Command lines of JVMs. */
final class Java {
    private static final Path JAR = Path.of("target", "colonnade.jar").toAbsolutePath();

    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    private Java() {}

    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Has a JVM collect its garbage now, all of it. */
    static void collectGarbage(long pid) {
        Processes.run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), "GC.run");
    }

    /** Bytes of its heap that are in use. */
    static long heapBytes(long pid) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var used = USED.matcher(Processes.read(List.of(jcmd, Long.toString(pid), "GC.heap_info")));
        if (!used.find()) {
            throw new IOException("the JVM " + pid + " does not tell of its heap");
        }
        return Long.parseLong(used.group(1)) * 1_024;
    }

    /** A class of the benchmark with the libraries that it has. */
    static List<String> command(List<String> options, String main, String... words) {
        var command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(words));
        return command;
    }

    /** A node of Colonnade, from the built jar. */
    static List<String> node(List<String> options, List<String> flags) {
        var command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(flags);
        return command;
    }
}
