package io.colonnade.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node is to be started: from the built jar, with ports of its own. Flags given later beat those given before.
 *
 * @param machine on which the node runs; null for the one that the tests run on
 * @param folder for what the process prints
 * @param jvm options of the JVM
 * @param flags of the node
 */
public record Launch(@Nullable Namespace machine, Path folder, List<String> jvm, List<String> flags) {
    private static final Path JAR = Path.of("target", "colonnade.jar");

    /**
     * A node with every role. It is ready without a warm-up and gets its whole share at once. Its secret is in the file {@code secret} of
     * the folder.
     */
    static Launch in(Path folder, String cluster, int clusterPort) {
        return new Launch(null, folder, List.of("-Xmx192m", "-XX:TieredStopAtLevel=1"), List.of())
                .with("--cluster", cluster, "--cluster-port", Integer.toString(clusterPort))
                .with("--port", "0", "--admin-port", "0", "--dns-port", "0")
                .with("--secret-file", folder.resolve("secret").toString())
                .with("--data", folder.resolve("data").toString())
                .with("--set", "warm-up.time-limit=0s", "--set", "routing.slow-start=0s");
    }

    /** With further flags, each with its value. */
    public Launch with(String... more) {
        var all = new ArrayList<>(flags);
        for (var i = 0; i < more.length; i += 2) {
            put(all, more[i], more[i + 1]);
        }
        return new Launch(machine, folder, jvm, List.copyOf(all));
    }

    /** Without a flag and its value. */
    public Launch without(String flag) {
        var all = new ArrayList<>(flags);
        var at = all.indexOf(flag);
        all.subList(at, at + 2).clear();
        return new Launch(machine, folder, jvm, List.copyOf(all));
    }

    public Launch withJvm(String... more) {
        var all = new ArrayList<>(jvm);
        all.addAll(List.of(more));
        return new Launch(machine, folder, List.copyOf(all), flags);
    }

    /**
     * On a machine, with a data directory of its own. The node binds to the machine's address and asks all machines for the cluster. A node
     * on the first machine founds the cluster if there is none; on the others it waits for that.
     */
    public Launch on(Namespaces network, Namespace where) {
        return new Launch(where, folder, jvm, flags)
                .with("--data", folder.resolve("data").toString())
                .with("--bind", where.address(), "--cluster-port", "5701", "--join", network.addresses())
                .with("--found", Boolean.toString(where.equals(network.get(0))));
    }

    Launch in(Path otherFolder) {
        return new Launch(machine, otherFolder, jvm, flags);
    }

    /** Only {@code --site} and {@code --set} may be given several times. */
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
    public Path data() {
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

    private List<String> command() throws IOException {
        var command = java(jvm, flags);
        return machine == null ? command : machine.running(command);
    }

    /** The command that runs the built jar on a JVM with these options, with these words on its command line. */
    public static List<String> java(List<String> jvm, List<String> words) throws IOException {
        var java = Path.of(System.getProperty("it.java.home", System.getProperty("java.home")), "bin", "java");
        var command = new ArrayList<>(List.of(java.toString()));
        command.addAll(ClassArchive.options(JAR, java, jvm));
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(words);
        return command;
    }
}
