package io.colonnade.chaos;

import io.colonnade.it.harness.Launch;
import io.colonnade.it.harness.Namespaces;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Processes;
import io.colonnade.it.harness.SecretFiles;
import io.colonnade.it.harness.TestSite;
import io.colonnade.security.ClusterSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Four nodes on three machines: two share the first one, its disk and the database on it, the others have a machine each. The
 * disks are small file systems of their own. Needs root.
 */
final class Fleet implements AutoCloseable {
    private static final int MACHINES = 3;
    private static final int[] MACHINE_OF = {0, 0, 1, 2};
    private static final List<String> JVM = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final Path logs;
    private final Path site;
    private final Path secret;
    private final String cluster = "chaos-" + UUID.randomUUID().toString().substring(0, 8);
    private final boolean retry;
    private final Namespaces network;
    private final List<Path> disks = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private int starts;

    /**
     * Builds the machines; no node is started.
     *
     * @param logs where what the nodes print is kept
     */
    Fleet(boolean retry, Path logs) throws IOException {
        this.retry = retry;
        this.logs = logs;
        folder = Files.createTempDirectory("colonnade-chaos");
        site = TestSite.in(folder);
        secret = SecretFiles.write(folder.resolve("secret"), ClusterSecret.fresh(new SecureRandom()));
        network = new Namespaces(MACHINES);
        for (var machine = 0; machine < MACHINES; machine++) {
            disks.add(mount(machine));
        }
        for (var number = 0; number < MACHINE_OF.length; number++) {
            var machine = MACHINE_OF[number];
            slots.add(new Slot(number, network.get(machine), disks.get(machine)));
        }
    }

    private Path mount(int machine) throws IOException {
        var disk = Files.createDirectory(folder.resolve("disk-" + machine));
        Processes.run("mount", "-t", "tmpfs", "-o", "size=256m", "chaos", disk.toString());
        return disk;
    }

    List<Slot> slots() {
        return slots;
    }

    /** Those whose process lives, be it frozen. */
    List<Slot> alive() {
        return slots.stream()
                .filter(slot -> slot.node() != null && slot.node().isAlive())
                .toList();
    }

    List<Slot> others(List<Slot> but) {
        return alive().stream().filter(slot -> !but.contains(slot)).toList();
    }

    /** The nodes of one machine. */
    List<Slot> on(int machine) {
        return slots.stream()
                .filter(slot -> MACHINE_OF[slot.number()] == machine)
                .toList();
    }

    static int machines() {
        return MACHINES;
    }

    Path disk(int machine) {
        return disks.get(machine);
    }

    boolean hasDatabase(int machine) {
        return machine == 0;
    }

    /** Starts a node, waits until it is ready, and lets the clients come. */
    void start(Slot slot) throws IOException {
        var run = new Launch(null, logs.resolve(slot.name() + "-" + starts++), JVM, List.of());
        var launch = run.with("--cluster", cluster, "--name", slot.name(), "--port", "0", "--admin-port", "0")
                .with("--secret-file", secret.toString())
                .on(network, slot.machine())
                .with("--data", slot.disk().resolve("data").toString())
                .with("--cluster-port", slot.number() == 1 ? "5702" : "5701")
                .with("--roles", hasDatabase(MACHINE_OF[slot.number()]) ? "balancer,web,app,db" : "balancer,web,app")
                .with("--site", "bundled", "--site", site.toString())
                .with("--set", "drain-timeout=2s", "--set", "balancer.retry.attempts=" + (retry ? 3 : 1));
        slot.node(Node.start(launch));
        slot.node().awaitReady();
        slot.open(true);
    }

    /** The process of the database. */
    ProcessHandle database() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.startsWith("--datadir=" + disks.get(0))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no database server"));
    }

    @Override
    public void close() throws IOException {
        alive().forEach(slot -> slot.node().close());
        Processes.killThoseIn(folder);
        network.close();
        for (var disk : disks) {
            Processes.run("umount", "-l", disk.toString());
        }
        Processes.run("rm", "-r", folder.toString());
    }
}
