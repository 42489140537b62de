package io.colonnade.it.harness;

import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Clients that each send a GET as soon as the previous one is answered. Each client keeps its connection as long as that lasts. */
public final class LoopingClients implements AutoCloseable {
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    public LoopingClients(int port, int count) {
        for (var i = 0; i < count; i++) {
            var thread = new Thread(() -> loop(port), "client-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Waits until this many more requests are answered, or one has failed. */
    public void awaitMore(int requests) {
        var enough = answered.get() + requests;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(() -> answered.get() >= enough || !failures.isEmpty());
    }

    /** Lets every client finish its request, and returns the failures. */
    public List<String> stop() {
        stopped = true;
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> threads.stream()
                .noneMatch(Thread::isAlive));
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void loop(int port) {
        try (var http = RawHttp.connect(port)) {
            while (!stopped) {
                var response = http.send(RawHttp.request("GET", "/fixed")).read();
                answered.incrementAndGet();
                if (response.status() != 200 || !response.isComplete()) {
                    failures.add(response.toString());
                    return;
                }
            }
        } catch (IOException broken) {
            failures.add(broken.toString());
        }
    }
}
