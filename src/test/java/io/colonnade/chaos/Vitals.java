package io.colonnade.chaos;

import io.colonnade.it.harness.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a node at rest holds.
 *
 * @param heapKib what lives on the heap after a collection
 * @param residentKib the memory that the system gives it
 * @param streams open streams of the transport
 * @param connections of clients
 */
record Vitals(Slot slot, int threads, int files, long heapKib, long residentKib, int streams, int connections) {
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

    private static final int MORE_THREADS = 30;
    private static final int MORE_FILES = 40;
    private static final int MORE_HEAP_KIB = 24 * 1024;

    static Vitals of(Slot slot) throws IOException {
        var process = Path.of("/proc", Long.toString(slot.node().pid()));
        var pid = Long.toString(slot.node().pid());
        Processes.read(List.of("jcmd", pid, "GC.run"));
        var heap = HEAP.matcher(Processes.read(List.of("jcmd", pid, "GC.heap_info")))
                .results()
                .limit(2)
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        var system = Files.readString(process.resolve("status"));
        var status = slot.node().status();
        try (var open = Files.list(process.resolve("fd"))) {
            return new Vitals(
                    slot,
                    (int) number(THREADS, system),
                    (int) open.count(),
                    heap,
                    number(RESIDENT, system),
                    streams(status),
                    connections(status));
        }
    }

    private static long number(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in\n" + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static int streams(JsonObject status) {
        return status.getJsonObject("transport").getJsonArray("lanes", new JsonArray()).stream()
                .mapToInt(lane -> ((JsonObject) lane).getInteger("streams"))
                .sum();
    }

    /** Whether nothing is left of clients. */
    static boolean idle(Slot slot) {
        var status = slot.node().status();
        return streams(status) == 0 && connections(status) == 0;
    }

    private static int connections(JsonObject status) {
        return status.getJsonObject("balancer").getInteger("connections");
    }

    /** Whether it holds no more than before, but for what pools and caches may grow by. */
    boolean isLike(Vitals before) {
        return streams == 0
                && connections == 0
                && threads <= before.threads + MORE_THREADS
                && files <= before.files + MORE_FILES
                && heapKib <= before.heapKib + MORE_HEAP_KIB;
    }

    @Override
    public String toString() {
        return slot + ": " + threads + " threads, " + files + " files, heap " + heapKib / 1024 + " MiB, resident "
                + residentKib / 1024 + " MiB, " + streams + " streams, " + connections + " connections";
    }
}
