package io.colonnade.it.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated messages, over UDP and TCP: what comes back is well-formed, and the server is afterwards what it was before. A million of them
 * with {@code -Ddns.fuzz.messages=1000000}; the same ones again with {@code -Ddns.fuzz.seed=SEED}.
 */
class FuzzIT {
    private static final int MESSAGES = Integer.getInteger("dns.fuzz.messages", 50_000);
    private static final long SEED = Long.getLong("dns.fuzz.seed", new Random().nextLong());

    /** One in so many messages goes over TCP. */
    private static final int TCP_SHARE = 50;

    /** What the heap may grow by: answers that are held, up to their limit, and the noise of a running node. */
    private static final long HEAP_NOISE = 8 << 20;

    @TempDir
    private static Path folder;

    @Test
    void mutatedMessagesLeaveTheServerAsItWas() throws Exception {
        System.out.println("dns.fuzz.seed=" + SEED + " dns.fuzz.messages=" + MESSAGES);
        try (var nodes = new Nodes()) {
            var node = nodes.start(launch -> NameServers.withTheTablesZones(launch, folder));
            var bombardment = new Bombardment(NameServers.of(node), new Mutations(originals(), SEED));
            bombard(bombardment, MESSAGES / 5);
            var heap = heapInUse(node);
            var began = System.nanoTime();
            bombard(bombardment, MESSAGES - MESSAGES / 5);
            var nanos = System.nanoTime() - began;
            var grown = heapInUse(node) - heap;
            System.out.printf(
                    "%s; %d a second; heap after GC %d KiB, %+d KiB since a fifth of it; resident %s; %s%n",
                    bombardment,
                    MESSAGES * 800_000_000L / nanos,
                    (heap + grown) >> 10,
                    grown >> 10,
                    resident(node),
                    node.status().getJsonObject("dns").getJsonObject("responses"));
            assertThat(grown).isLessThan(HEAP_NOISE);
            assertThat(node.log()).doesNotContain("\tat ", " ERROR ", " WARN ");
            assertThat(bombardment.faults()).isEmpty();
            assertThat(bombardment.replies()).isGreaterThan(MESSAGES / 4);
        }
    }

    private static void bombard(Bombardment bombardment, int messages) throws IOException {
        bombardment.datagrams(messages - messages / TCP_SHARE);
        bombardment.streams(messages / TCP_SHARE);
    }

    private static List<byte[]> originals() {
        return Row.in("conformance.txt").stream()
                .map(row -> DnsQuestion.of(row).encode(0, DnsQuestion.CLIENT_COOKIE))
                .toList();
    }

    /** Octets of living objects, counted by the node itself after a full collection. */
    private static long heapInUse(Node node) throws Exception {
        var histogram = output("jcmd", Long.toString(node.pid()), "GC.class_histogram");
        var total = histogram.lines().filter(line -> line.startsWith("Total")).findFirst();
        return Long.parseLong(
                total.orElseThrow(() -> new AssertionError(histogram)).split("\\s+", -1)[2]);
    }

    private static String resident(Node node) throws Exception {
        return output("grep", "VmRSS", "/proc/" + node.pid() + "/status").replaceAll("VmRSS:\\s+|\n", "");
    }

    private static String output(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
