package io.colonnade.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the commands print.
 *
 * @param interactive whether the output is a terminal that can be drawn on
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;

    /** Whether this process prints on a terminal; false if that is not known. {@code System.console()} does not tell, from Java 22 on. */
    static boolean isShown() {
        try {
            return Path.of("/proc/self/fd/1").toRealPath().toString().matches("/dev/(pts/|tty).+");
        } catch (IOException elsewhere) {
            return false;
        }
    }

    void print(String text) {
        out.println(text);
        out.flush();
    }

    /** Says something beside the output. */
    void note(String message) {
        err.println("colonnade: " + message);
        err.flush();
    }

    int failed(String message) {
        note(message);
        return FAILED;
    }

    int refused(List<String> problems) {
        err.println("colonnade: "
                + (problems.size() == 1 ? "there is an error" : "there are " + problems.size() + " errors"));
        problems.forEach(problem -> err.println("  " + problem));
        err.println("Run the command with --help to see what is allowed.");
        err.flush();
        return BAD_INPUT;
    }
}
