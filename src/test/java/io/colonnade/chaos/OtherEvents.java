package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;

/** Events of the database and of disks; they may fall together with those of nodes. */
final class OtherEvents {
    private static final int FULL_MILLIS = 3000;
    private static final long RELEASE_MILLIS = 500;

    private final Fleet fleet;
    private final Log log;
    private final Random random;

    OtherEvents(Fleet fleet, Log log, Random random) {
        this.fleet = fleet;
        this.log = log;
        this.random = random;
    }

    void happen(Kind kind) throws IOException {
        switch (kind) {
            case DATABASE -> killDatabase();
            case DISK -> fillDisk(random.nextInt(Fleet.machines()));
            default -> throw new IllegalArgumentException(kind + " is an event of nodes");
        }
    }

    private void killDatabase() {
        var everyone = Set.copyOf(fleet.slots());
        var event = new Event(Kind.DATABASE, "killed", log.now(), Set.of(), everyone);
        log.begin(event);
        fleet.database().destroyForcibly();
        awaitDatabase(event);
    }

    /** Everyone who can be asked must get an answer again. */
    private void awaitDatabase(Event event) {
        for (var slot : fleet.slots()) {
            try (var caller = new Caller(log, slot)) {
                while (slot.open()
                        && log.now() - event.began() < Bounds.WHOLE
                        && caller.call(Board.get("/api/messages?limit=1"), "", 200, Promise.ANSWERED_WITH_DATABASE)
                                .isEmpty()) {
                    Clients.pause(RELEASE_MILLIS / 10);
                }
            }
        }
        event.measure("back", log.now() - event.began());
        Clients.pause(RELEASE_MILLIS);
        event.end(log.now());
    }

    private void fillDisk(int machine) throws IOException {
        var withoutDatabase = fleet.hasDatabase(machine) ? Set.copyOf(fleet.slots()) : Set.<Slot>of();
        var event = new Event(Kind.DISK, "of " + fleet.on(machine) + " full", log.now(), Set.of(), withoutDatabase);
        log.begin(event);
        var filler = fleet.disk(machine).resolve("filler");
        fill(filler);
        Clients.pause(FULL_MILLIS);
        Files.delete(filler);
        awaitDatabase(event);
    }

    /** Until the system says that there is no space left. */
    private static void fill(Path filler) throws IOException {
        var piece = new byte[64 * 1024];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            if (Files.size(filler) == 0) {
                throw full;
            }
        }
    }
}
