package io.colonnade.bench;

import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that runs. It ends with the benchmark, however that ends. */
final class RunningProgram implements Part, AutoCloseable {
    private static final Set<RunningProgram> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(RunningProgram::kill)));
    }

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Program program;
    private final Process process;

    private RunningProgram(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    static RunningProgram start(Program program) throws IOException {
        Files.createDirectories(program.folder());
        var builder = new ProcessBuilder(program.command())
                .redirectErrorStream(true)
                .redirectOutput(program.folder().resolve("log.txt").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("COLONNADE_"));
        builder.environment().putAll(program.environment());
        var running = new RunningProgram(program, builder.start());
        ALL.add(running);
        return running;
    }

    @Override
    public String name() {
        return program.name();
    }

    Path folder() {
        return program.folder();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public List<Long> pids() {
        return ProcessFigures.tree(process.toHandle(), program.folder());
    }

    /** Waits until it has printed a line that begins so; fails after a minute, or when it ends. */
    RunningProgram awaitLine(String beginning) throws BenchException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasPrinted(beginning)) {
            check();
            if (System.nanoTime() > deadline) {
                throw new BenchException(
                        name() + " has not printed \"" + beginning + "\" after a minute: " + printed());
            }
            Pause.millis(10);
        }
        return this;
    }

    boolean hasPrinted(String beginning) {
        return printed().lines().anyMatch(line -> line.startsWith(beginning));
    }

    /** If it is a JVM, has it collect its garbage; gives the bytes that are then in use on its heap. */
    long collectGarbage() throws IOException {
        if (!program.command().get(0).equals(Java.program())) {
            return 0;
        }
        Java.collectGarbage(pid());
        return Java.heapBytes(pid());
    }

    /** Fails with what it printed if it has ended. */
    void check() throws BenchException {
        if (!process.isAlive()) {
            throw new BenchException(name() + " ended with " + process.exitValue() + ": " + printed());
        }
    }

    String printed() {
        try {
            return Files.readString(program.folder().resolve("log.txt")).strip();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        kill();
        ALL.remove(this);
    }

    /** Asks it to end, and waits until it has. */
    void end() throws BenchException {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new BenchException(name() + " does not end: " + failed);
        }
    }

    /** With what it has started. */
    private void kill() {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Processes.killThoseIn(program.folder());
        process.onExit().join();
    }
}
