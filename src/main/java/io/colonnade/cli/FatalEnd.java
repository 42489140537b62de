package io.colonnade.cli;

import io.colonnade.core.FatalErrors;
import java.io.PrintStream;

/**
 * Ends the process at once, with a last line and the exit code 3, after an error that it could not live on with. Hooks do not run, because
 * they would need the memory that is missing. The JVM's own {@code ExitOnOutOfMemoryError} does the same, but only with a flag.
 */
final class FatalEnd {
    /** As the JVM ends with {@code ExitOnOutOfMemoryError}. */
    private static final int CODE = 3;

    private static final String OWN_THREADS = "colonnade-";

    private FatalEnd() {}

    /** From now on fatal errors end the process, and so does any error that ends a thread of the node's own. */
    static void install(PrintStream err) {
        FatalErrors.endBy(why -> end(err, why));
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> uncaught(err, thread, cause));
    }

    private static void uncaught(PrintStream err, Thread thread, Throwable cause) {
        FatalErrors.report(cause);
        err.println("The thread " + thread.getName() + " has ended:");
        cause.printStackTrace(err);
        if (thread.getName().startsWith(OWN_THREADS)) {
            FatalErrors.end("the thread " + thread.getName() + " has ended: " + cause);
        }
    }

    private static void end(PrintStream err, String why) {
        try {
            err.println("colonnade: the node ends: " + why);
            err.flush();
        } finally {
            Runtime.getRuntime().halt(CODE);
        }
    }
}
