package io.colonnade.chaos;

import io.colonnade.it.harness.Namespace;
import io.colonnade.it.harness.Node;
import java.nio.file.Path;

/** The place of one node in the cluster: its name, its machine and its disk stay, its process comes and goes. */
final class Slot {
    private final int number;
    private final Namespace machine;
    private final Path disk;
    private volatile Node node;
    private volatile boolean open;

    /**
     * @param disk the directory of the machine's own file system
     */
    Slot(int number, Namespace machine, Path disk) {
        this.number = number;
        this.machine = machine;
        this.disk = disk;
    }

    int number() {
        return number;
    }

    String name() {
        return "node-" + (char) ('a' + number);
    }

    Namespace machine() {
        return machine;
    }

    Path disk() {
        return disk;
    }

    Node node() {
        return node;
    }

    void node(Node started) {
        node = started;
    }

    /** Whether clients send new requests to it. */
    boolean open() {
        return open;
    }

    void open(boolean now) {
        open = now;
    }

    @Override
    public String toString() {
        return name();
    }
}
