package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.colonnade.it.harness.TestSite;
import io.colonnade.it.harness.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallel requests of one session through all nodes, while one of the nodes dies. */
class SharedSessionIT {
    private static final int REQUESTS = 100;

    /** This many requests are answered before the node is killed, and at least as many are sent afterwards. */
    private static final int BEFORE = 40;

    @TempDir
    private static Path folder;

    private final CountDownLatch answered = new CountDownLatch(BEFORE);
    private final CountDownLatch killed = new CountDownLatch(1);
    private final Map<Integer, String> counts = new ConcurrentHashMap<>();
    private final AtomicInteger unknown = new AtomicInteger();

    @Test
    void noValueAndNoUpdateIsLostWhenANodeDies() throws Exception {
        var site = TestSite.in(folder).toString();
        var threads = Executors.newFixedThreadPool(2 * REQUESTS);
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(3, launch -> launch.with("--site", site));
            var visit = Visit.begin(nodes.get(0), "first", "0");
            var running = new ArrayList<Future<?>>();
            for (var number = 0; number < REQUESTS; number++) {
                var key = number;
                var node = nodes.get(number % 2);
                running.add(threads.submit(() -> send(key, () -> put(visit, node, key))));
                running.add(threads.submit(() -> send(key, () -> count(visit, node, key))));
            }
            answered.await();
            nodes.get(2).kill9();
            killed.countDown();
            for (var request : running) {
                request.get();
            }

            var session = visit.read(nodes.get(0));
            assertThat(session).hasSize(REQUESTS + 2);
            for (var number = 0; number < REQUESTS; number++) {
                assertThat(session).containsEntry("key-" + number, Integer.toString(number));
            }
            // How many are answered in time depends on the machine; with fewer than these the next line would show
            // little.
            assertThat(counts.values()).doesNotHaveDuplicates().hasSizeGreaterThan(REQUESTS / 20);
            assertThat((Integer) session.get("count")).isBetween(counts.size(), counts.size() + unknown.get());
            assertThat(visit.read(nodes.get(1))).isEqualTo(session);
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Request {
        void send() throws IOException;
    }

    /** The second half is sent after the death of the node, before the other nodes have noticed it. */
    private Void send(int number, Request request) throws IOException, InterruptedException {
        if (number >= REQUESTS / 2) {
            killed.await();
        }
        request.send();
        answered.countDown();
        return null;
    }

    /** A put may be repeated, and is repeated until it is answered. */
    private static void put(Visit visit, Node node, int number) throws IOException {
        var target = "/session/put?key=key-" + number + "&value=" + number;
        while (visit.send(node, "PUT", target).status() != 200) {
            Thread.onSpinWait();
        }
    }

    /** An update without an answer may have been made, or not. */
    private void count(Visit visit, Node node, int number) throws IOException {
        var response = visit.send(node, "POST", "/session/add?key=count");
        if (response.status() == 200) {
            counts.put(number, response.text());
        } else {
            assertThat(List.of(502, 503)).contains(response.status());
            unknown.getAndIncrement();
        }
    }
}
