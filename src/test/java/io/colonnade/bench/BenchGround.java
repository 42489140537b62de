package io.colonnade.bench;

import io.colonnade.it.harness.FreePorts;
import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What all cases stand on: a folder, ports, generators. */
final class BenchGround implements AutoCloseable {
    private final Effort effort;
    private final Progress progress;
    private final Path folder;
    private final Pacer pacer;
    private int folders;

    BenchGround(Effort effort, Progress progress) throws IOException {
        this.effort = effort;
        this.progress = progress;
        this.folder = Files.createTempDirectory("colonnade-bench");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // for the workers of nginx
        this.pacer = Pacer.start(folder);
    }

    Effort effort() {
        return effort;
    }

    Pacer pacer() {
        return pacer;
    }

    Path folder() {
        return folder;
    }

    /** A folder that nobody else has. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name + "-" + folders++));
    }

    int port() {
        return FreePorts.block(1);
    }

    void say(String what) {
        progress.say(what);
    }

    @Override
    public void close() {
        pacer.close();
        Processes.killThoseIn(folder);
        Processes.run("rm", "-rf", folder.toString());
    }
}
