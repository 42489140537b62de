package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Shows the status again each second: on a terminal in the same place, elsewhere one page after the other. */
final class StatusWatch {
    /** Moves the cursor to the corner. The screen is not cleared first, because that would flicker. */
    private static final String CORNER = "\033[H";

    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    /** Asks the node. */
    interface Asking {
        JsonObject status() throws AdminException;
    }

    /** Waits for the next look. False ends the watch. */
    interface Pause {
        boolean next();
    }

    private final Terminal terminal;
    private final Asking asking;
    private final Function<String, Optional<JsonObject>> others;
    private final Rates rates = new Rates();

    /** @param others asks another member at its admin address */
    StatusWatch(Terminal terminal, Asking asking, Function<String, Optional<JsonObject>> others) {
        this.terminal = terminal;
        this.asking = asking;
        this.others = others;
    }

    /** Shows the status until there is no next look. A node that does not answer is asked again. */
    void run(Pause pause) {
        do {
            show(page());
        } while (pause.next());
    }

    private String page() {
        try {
            var status = asking.status();
            rates.add(System.nanoTime(), status);
            return new StatusPage(status, others, Instant.now()).text(Optional.of(rates));
        } catch (AdminException silent) {
            return String.valueOf(silent.getMessage());
        }
    }

    private void show(String page) {
        terminal.print(
                terminal.interactive()
                        ? CORNER + page.replace("\n", CLEAR_LINE + "\n") + CLEAR_LINE + "\n" + CLEAR_BELOW
                        : page + "\n");
    }
}
