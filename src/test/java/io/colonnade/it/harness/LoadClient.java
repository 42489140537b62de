package io.colonnade.it.harness;

import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Sends requests over a number of connections that are kept alive, each in its own thread, and counts failures. The client does as
 * RFC 9112 says: it leaves a connection whose response has {@code Connection: close}. It tries nothing twice.
 */
public final class LoadClient implements AutoCloseable {
    private final String request;
    private final IntSupplier port;
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile long pauseNanos;
    private volatile boolean going = true;

    /**
     * Starts at full speed.
     *
     * @param port the port for each new connection
     */
    public LoadClient(int connections, String request, IntSupplier port) {
        this.request = request;
        this.port = port;
        for (var i = 0; i < connections; i++) {
            var thread = new Thread(this::run, "load-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    /** From now on sends this many requests a second, evenly spread. */
    public void slowDownTo(double perSecond) {
        pauseNanos = (long) (threads.size() * 1e9 / perSecond);
    }

    public long answered() {
        return answered.get();
    }

    /** The failures, one line each. */
    public List<String> failed() {
        return List.copyOf(failed);
    }

    /** Sends no more requests, and waits for the responses to those that were sent. */
    @Override
    public void close() {
        going = false;
        threads.forEach(LoadClient::join);
    }

    private void run() {
        var next = System.nanoTime();
        while (going) {
            var at = port.getAsInt();
            try (var http = RawHttp.connect(at)) {
                for (var open = true; open && going; ) {
                    next = Math.max(next + pauseNanos, System.nanoTime() - pauseNanos);
                    LockSupport.parkNanos(next - System.nanoTime());
                    open = exchange(http);
                }
            } catch (IOException broken) {
                failed.add("port " + at + ": " + broken);
            }
        }
    }

    /** Whether the connection goes on. */
    private boolean exchange(RawHttp http) throws IOException {
        var response = http.send(request).read();
        if (response.status() == 200 && response.isComplete()) {
            answered.incrementAndGet();
        } else {
            failed.add(response.toString());
        }
        return !response.field("connection").orElse("").equalsIgnoreCase("close");
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
