package io.colonnade.bench;

import io.colonnade.it.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of JVMs. */
final class Java {
    private static final Path JAR = Path.of("target", "colonnade.jar").toAbsolutePath();

    private Java() {}

    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Has a JVM collect its garbage now, all of it. */
    static void collectGarbage(long pid) {
        Processes.run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), "GC.run");
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
