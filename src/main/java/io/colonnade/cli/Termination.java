package io.colonnade.cli;

import io.colonnade.node.Colonnade;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process, which SIGTERM, SIGINT or {@link #ask} requests. A signal after the first request ends the process at once.
 *
 * <p>A shutdown hook would not be enough, because it is not told of a second signal. {@code sun.misc.Signal} is called by reflection,
 * because the compiler's warning about that class cannot be turned off.
 */
final class Termination {
    private static final Logger log = LoggerFactory.getLogger(Termination.class);
    private static final int HALTED = 143;

    private final Promise<Void> asked = Promise.promise();
    private final AtomicReference<@Nullable Colonnade> running = new AtomicReference<>();

    private Termination() {}

    /** Handles signals from now on. On a platform without signals the process ends as it would without this class. */
    static Termination onSignal() {
        var termination = new Termination();
        List.of("TERM", "INT").forEach(termination::handle);
        return termination;
    }

    /** Ignores Ctrl-C, because it also reaches the child process on the same terminal, and the child handles it. */
    static void leaveInterruptsToTheChild() {
        try {
            var handler = Class.forName("sun.misc.SignalHandler");
            handle("INT", handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException noSignals) {
            // then Ctrl-C ends both
        }
    }

    /** Names the node that a second signal halts. */
    void halts(Colonnade node) {
        running.set(node);
    }

    /** Requests the end as the first signal does. */
    void ask() {
        asked.tryComplete();
    }

    /** Completes with the first request. */
    Future<Void> asked() {
        return asked.future();
    }

    /** Waits for the first request. */
    void await() {
        asked.future().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(String signal) {
        try {
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        signalled();
                        return null;
                    });
            handle(signal, proxy);
        } catch (ReflectiveOperationException noSignals) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::halt));
        }
    }

    private static void handle(String signal, Object handler) throws ReflectiveOperationException {
        var type = Class.forName("sun.misc.Signal");
        type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
    }

    private synchronized void signalled() {
        if (asked.future().isComplete()) {
            halt();
            Runtime.getRuntime().halt(HALTED);
        }
        log.info("this node is asked to end; a second signal ends it at once");
        ask();
    }

    private void halt() {
        var node = running.get();
        if (node != null) {
            node.halt();
        }
    }
}
