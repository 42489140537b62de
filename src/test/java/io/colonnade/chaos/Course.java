package io.colonnade.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The run of events: those of nodes one after the other, and beside them those of the database and the disks. */
final class Course {
    private static final int CALM_MILLIS = 1000;
    private static final int SIDE_CALM_MILLIS = 6000;
    private static final long DATABASE_BACK_MILLIS = 20_000;

    private final Fleet fleet;
    private final Log log;
    private final Ledger ledger;
    private final Random nodeChance;
    private final Random sideChance;
    private final AtomicInteger happened = new AtomicInteger();

    Course(Fleet fleet, Log log, Ledger ledger, Random random) {
        this.fleet = fleet;
        this.log = log;
        this.ledger = ledger;
        this.nodeChance = new Random(random.nextLong());
        this.sideChance = new Random(random.nextLong());
    }

    /** Ends after so many events, or so long. */
    void run(int events, Duration limit) throws IOException {
        var end = log.now() + limit.toMillis();
        var side = new Thread(() -> side(events, end), "side events");
        side.start();
        var nodes = new NodeEvents(fleet, log, new Views(log), nodeChance);
        var schedule = new Schedule(true, nodeChance);
        while (goesOn(events, end)) {
            nodes.happen(schedule.next());
            checkMessages();
            Clients.pause(nodeChance.nextInt(CALM_MILLIS));
        }
        join(side);
    }

    private boolean goesOn(int events, long end) {
        return log.now() < end && happened.getAndIncrement() < events;
    }

    private void side(int events, long end) {
        var others = new OtherEvents(fleet, log, sideChance);
        var schedule = new Schedule(false, sideChance);
        try {
            while (goesOn(events, end)) {
                others.happen(schedule.next());
                Clients.pause(1000 + sideChance.nextInt(SIDE_CALM_MILLIS));
            }
        } catch (IOException | AssertionError failed) {
            log.violation("an event could not be made: " + failed);
        }
    }

    private void checkMessages() {
        var giveUp = log.now() + DATABASE_BACK_MILLIS;
        var slot = fleet.slots().get(nodeChance.nextInt(fleet.slots().size()));
        try (var caller = new Caller(log, slot)) {
            while (!ledger.check(caller, false)) {
                if (log.now() > giveUp) {
                    log.violation("the messages cannot be read through " + slot);
                    return;
                }
                Clients.pause(100);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
