package io.colonnade.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a cluster, nothing that was answered is lost and nobody at a living balancer notices.
 *
 * <p>{@code mvn verify} runs two minutes of it, {@code mvn verify -Pchaos} two hundred events. {@code -Dchaos.seed} repeats
 * a schedule, {@code -Dchaos.events} and {@code -Dchaos.minutes} end it, and {@code -Dchaos.retry=off} shows that it can fail.
 */
class ChaosIT {
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final long seed = Long.getLong("chaos.seed", new Random().nextLong(1_000_000));
    private final int events = Integer.getInteger("chaos.events", Integer.MAX_VALUE);
    private final Duration limit = Duration.ofMinutes(Integer.getInteger("chaos.minutes", 2));
    private final Path folder = Path.of("target", "chaos", Long.toString(seed));
    private final boolean retry = !"off".equals(System.getProperty("chaos.retry"));

    @Test
    void nothingIsLost() throws IOException {
        var log = new Log();
        log.say(0, "chaos.seed=" + seed);
        var ledger = new Ledger(log);
        try (var fleet = new Fleet(retry, folder)) {
            for (var slot : fleet.slots()) {
                fleet.start(slot);
            }
            var report = new ChaosReport(folder, seed, log, ledger);
            try {
                run(fleet, log, ledger, report);
            } finally {
                report.write();
            }
        }
        assertThat(log.violations())
                .as("chaos.seed=" + seed + ", see " + folder)
                .isEmpty();
    }

    private void run(Fleet fleet, Log log, Ledger ledger, ChaosReport report) throws IOException {
        try (var warmUp = new Clients(log, ledger, fleet.slots())) {
            Clients.pause(WARM_UP.toMillis());
        }
        var before = atRest(fleet, log);
        try (var clients = new Clients(log, ledger, fleet.slots())) {
            new Course(fleet, log, ledger, new Random(seed)).run(events, limit);
        }
        if (events != Integer.MAX_VALUE && log.events().size() < events) {
            log.violation("only " + log.events().size() + " events in " + limit.toMinutes() + " minutes");
        }
        check(fleet, log, ledger);
        var after = atRest(fleet, log);
        after.forEach((slot, vitals) -> {
            if (!vitals.isLike(before.get(slot))) {
                log.violation("more is held than before: " + vitals + "; before " + before.get(slot));
            }
        });
        report.vitals(before, after);
    }

    private static void check(Fleet fleet, Log log, Ledger ledger) {
        try (var caller = new Caller(log, fleet.slots().get(0))) {
            if (!ledger.check(caller, true)) {
                log.violation("the messages cannot be read at the end");
            }
        }
    }

    /** Waits until nothing runs; what does not end is told by the comparison. */
    private static Map<Slot, Vitals> atRest(Fleet fleet, Log log) {
        var giveUp = log.now() + 20_000;
        while (!fleet.slots().stream().allMatch(Vitals::idle) && log.now() < giveUp) {
            Clients.pause(500);
        }
        return fleet.slots().stream().map(ChaosIT::vitals).collect(Collectors.toMap(Vitals::slot, Function.identity()));
    }

    private static Vitals vitals(Slot slot) {
        try {
            return Vitals.of(slot);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
