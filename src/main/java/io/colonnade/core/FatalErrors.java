package io.colonnade.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Errors after which a process must not go on: it would stay a member of the cluster, accept connections and answer nothing. Wherever
 * errors are caught, logged or arrive at the end of a thread, they are reported here. Any thread.
 */
public final class FatalErrors {
    private static volatile Consumer<String> end = why -> {};

    /** Sets what ends the process; it gets the reason, in words for an operator. */
    public static void endBy(Consumer<String> newEnd) {
        end = newEnd;
    }

    /** Ends the process if the error, or what caused it, is that there is no memory left, or that the JVM itself is broken. */
    public static void report(@Nullable Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                end("there is no memory left (" + cause.getMessage() + "). Give the node more: java -Xmx...");
                return;
            }
            if (cause instanceof InternalError || cause instanceof UnknownError) {
                end("the JVM is broken: " + cause);
                return;
            }
        }
    }

    /** Ends the process because the node cannot work on. */
    public static void end(String why) {
        end.accept(why);
    }

    private FatalErrors() {}
}
