package io.colonnade.it.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes of the tests. None of them outlives the tests. */
public final class Processes {
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private Processes() {}

    public static Process endWithTheTests(Process process) {
        STARTED.removeIf(other -> !other.isAlive());
        STARTED.add(process);
        return process;
    }

    /** Kills every process with the directory in its command line, such as the database server that a node leaves behind by design. */
    public static void killThoseIn(Path directory) {
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .forEach(Processes::kill);
    }

    /** Runs a short command of the system. */
    public static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed");
            }
        } catch (IOException missing) {
            throw new AssertionError(missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** The output of a short command of the system. A failure of the command means that something could not be reached. */
    public static String read(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var printed = process.getInputStream()) {
            var text = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
            return text;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** How many descriptors a process has open (Linux only). */
    public static int descriptors(long pid) throws IOException {
        try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        }
    }

    /** The TCP ports on which a process listens (Linux only). */
    public static List<Integer> listensAt(long pid) throws IOException {
        var sockets = new HashSet<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (var descriptor : descriptors) {
                sockets.add(Files.readSymbolicLink(descriptor).toString());
            }
        }
        return Stream.concat(
                        Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
                        Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns[3].equals("0A") && sockets.contains("socket:[" + columns[9] + "]"))
                .map(columns -> Integer.parseInt(columns[1].substring(columns[1].lastIndexOf(':') + 1), 16))
                .distinct()
                .toList();
    }

    private static void kill(ProcessHandle process) {
        if (process.destroyForcibly()) {
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
