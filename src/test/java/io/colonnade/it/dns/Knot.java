package io.colonnade.it.dns;

import io.colonnade.it.harness.FreePorts;
import io.colonnade.it.harness.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Knot DNS with the table's zones: a process of its own on a free port, with everything it writes in one folder. */
final class Knot implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/knotd";

    private final Process process;
    private final InetSocketAddress address;

    private Knot(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of(PROGRAM));
    }

    static Knot start(Path folder) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.block(1));
        var config = Files.writeString(folder.resolve("knot.conf"), config(folder, address.getPort()));
        var log = folder.resolve("knot.log");
        var process = Processes.endWithTheTests(new ProcessBuilder(PROGRAM, "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        Awaitility.await("knotd")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(log).contains("server started") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("knotd ended\n" + Files.readString(log));
        }
        return new Knot(process, address);
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String config(Path folder, int port) {
        var zones = ZoneFiles.ORIGINS.stream()
                .map(origin -> "  - domain: " + origin + ".\n    file: " + ZoneFiles.path(origin) + "\n")
                .collect(Collectors.joining());
        return """
                server:
                    rundir: FOLDER
                    listen: 127.0.0.1@PORT
                    nsid: knot
                    identity: ""
                    version: ""
                database:
                    storage: FOLDER
                log:
                  - target: stderr
                    any: info
                template:
                  - id: default
                    storage: FOLDER
                    global-module: mod-cookies
                    zonefile-sync: -1
                    journal-content: none
                zone:
                """
                        .replace("FOLDER", folder.toString())
                        .replace("PORT", Integer.toString(port))
                + zones;
    }
}
