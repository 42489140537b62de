package io.colonnade.cli;

import io.colonnade.Colonnade;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process, asked for by SIGTERM, SIGINT or {@link #ask}: the first one asks, a signal after that ends it at once.
 *
 * <p>A shutdown hook would not do: it never hears of a second signal. {@code sun.misc.Signal} is called by reflection because
 * the compiler warns of it in a way that cannot be turned off.
 */
final class Termination {
    private static final int HALTED = 143;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<@Nullable Colonnade> running = new AtomicReference<>();

    private Termination() {}

    /** From now on signals are heard; on a platform without them the process ends as it always did. */
    static Termination onSignal() {
        var termination = new Termination();
        List.of("TERM", "INT").forEach(termination::handle);
        return termination;
    }

    /** The node that a second signal halts. */
    void halts(Colonnade node) {
        running.set(node);
    }

    /** As the first signal does. */
    void ask() {
        asked.countDown();
    }

    /** Waits for the first signal. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(String signal) {
        try {
            var handler = Class.forName("sun.misc.SignalHandler");
            var type = Class.forName("sun.misc.Signal");
            var proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        signalled();
                        return null;
                    });
            type.getMethod("handle", type, handler)
                    .invoke(null, type.getConstructor(String.class).newInstance(signal), proxy);
        } catch (ReflectiveOperationException noSignals) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::halt));
        }
    }

    private synchronized void signalled() {
        if (asked.getCount() == 0) {
            halt();
            Runtime.getRuntime().halt(HALTED);
        }
        ask();
    }

    private void halt() {
        var node = running.get();
        if (node != null) {
            node.halt();
        }
    }
}
