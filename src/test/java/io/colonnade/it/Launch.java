package io.colonnade.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a node is to be started: from the built jar, with ports of its own. Flags given later beat those given before.
 *
 * @param folder for what the process prints
 * @param jvm options of the JVM
 * @param flags of the node
 */
public record Launch(Path folder, List<String> jvm, List<String> flags) {
    private static final Path JAR = Path.of("target", "colonnade.jar");

    /** A node with every role; the secret is expected in the file {@code secret} of the folder. */
    static Launch in(Path folder, String cluster, int clusterPort) {
        return new Launch(folder, List.of("-Xmx192m", "-XX:TieredStopAtLevel=1"), List.of())
                .with("--cluster", cluster, "--cluster-port", Integer.toString(clusterPort))
                .with("--port", "0", "--admin-port", "0")
                .with("--secret-file", folder.resolve("secret").toString())
                .with("--data", folder.resolve("data").toString());
    }

    /** With further flags, each with its value. */
    public Launch with(String... more) {
        var all = new ArrayList<>(flags);
        for (var i = 0; i < more.length; i += 2) {
            put(all, more[i], more[i + 1]);
        }
        return new Launch(folder, jvm, List.copyOf(all));
    }

    /** Without a flag and its value. */
    Launch without(String flag) {
        var all = new ArrayList<>(flags);
        var at = all.indexOf(flag);
        all.subList(at, at + 2).clear();
        return new Launch(folder, jvm, List.copyOf(all));
    }

    public Launch withJvm(String... more) {
        var all = new ArrayList<>(jvm);
        all.addAll(List.of(more));
        return new Launch(folder, List.copyOf(all), flags);
    }

    Launch in(Path otherFolder) {
        return new Launch(otherFolder, jvm, flags);
    }

    /** Only these two may be given several times. */
    private static void put(List<String> flags, String flag, String value) {
        var at = flag.equals("--site") || flag.equals("--set") ? -1 : flags.indexOf(flag);
        if (at >= 0) {
            flags.set(at + 1, value);
        } else {
            flags.add(flag);
            flags.add(value);
        }
    }

    /** The data directory. */
    Path data() {
        return Path.of(flags.get(flags.indexOf("--data") + 1));
    }

    Process start() throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + " is missing; make it with mvn -DskipTests package");
        }
        Files.createDirectories(folder);
        var builder = new ProcessBuilder(command());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("COLONNADE_"));
        return builder.redirectOutput(out().toFile())
                .redirectError(log().toFile())
                .start();
    }

    Path out() {
        return folder.resolve("out.txt");
    }

    Path log() {
        return folder.resolve("log.txt");
    }

    private List<String> command() {
        var home = System.getProperty("it.java.home", System.getProperty("java.home"));
        var command = new ArrayList<>(List.of(Path.of(home, "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(flags);
        return command;
    }
}
