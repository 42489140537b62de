package io.colonnade.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Events that take nodes out; one at a time, each over when the cluster is whole again. */
final class NodeEvents {
    /** After others may have held what the members keep in common: Hazelcast hands it round again. */
    private static final long SETTLE_MILLIS = 2000;

    private static final int PAUSE_MILLIS = 1500;

    private final Fleet fleet;
    private final Log log;
    private final Views views;
    private final Random random;

    NodeEvents(Fleet fleet, Log log, Views views, Random random) {
        this.fleet = fleet;
        this.log = log;
        this.views = views;
        this.random = random;
    }

    void happen(Kind kind) throws IOException {
        var slot = fleet.slots().get(random.nextInt(fleet.slots().size()));
        switch (kind) {
            case KILL -> kill(slot);
            case FREEZE -> freeze(slot);
            case PAUSE -> pause(slot);
            case CUT -> cut(random.nextInt(Fleet.machines()));
            case RESTART -> restart(slot);
            default -> throw new IllegalArgumentException(kind + " is no event of nodes");
        }
    }

    private Event begin(Kind kind, String what, Set<Slot> victims, Set<Slot> withoutDatabase) {
        var event = new Event(kind, what, log.now(), victims, withoutDatabase);
        log.begin(event);
        return event;
    }

    private void kill(Slot slot) throws IOException {
        var event = begin(Kind.KILL, slot.name(), Set.of(slot), Set.of());
        slot.node().kill9();
        slot.open(false);
        views.awaitGone(event, fleet.others(List.of(slot)), List.of(slot), Bounds.DEATH);
        startAgain(slot, event);
    }

    private void restart(Slot slot) throws IOException {
        var event = begin(Kind.RESTART, slot.name(), Set.of(), Set.of());
        slot.open(false);
        slot.node().sigterm();
        var exit = slot.node().awaitExit();
        if (exit != 0) {
            log.violation(slot + " was asked to stop and ended with " + exit);
        }
        event.measure("stopped", log.now() - event.began());
        startAgain(slot, event);
    }

    private void startAgain(Slot slot, Event event) throws IOException {
        var began = log.now();
        fleet.start(slot);
        event.measure("started", log.now() - began);
        views.awaitWhole(event, fleet.alive(), Bounds.WHOLE);
        event.end(log.now());
    }

    private void freeze(Slot slot) {
        var event = begin(Kind.FREEZE, slot.name(), Set.of(slot), Set.of());
        var others = fleet.others(List.of(slot));
        var before = timesSilent(others, slot);
        slot.open(false);
        slot.node().sigstop();
        views.awaitGone(event, others, List.of(slot), Bounds.SILENCE);
        Clients.pause(random.nextInt(4000));
        if (timesSilent(others, slot) == before) {
            log.violation("nobody has logged that " + slot + " fell silent, which events of the kind pause rely on");
        }
        slot.node().sigcont();
        views.awaitWhole(event, fleet.alive(), Bounds.WHOLE);
        Clients.pause(SETTLE_MILLIS);
        slot.open(true);
        event.end(log.now());
    }

    private void pause(Slot slot) {
        var millis = 300 + random.nextInt(PAUSE_MILLIS - 300);
        var event = begin(Kind.PAUSE, slot + " for " + millis + " ms", Set.of(slot), Set.of());
        var others = fleet.others(List.of(slot));
        var before = timesSilent(others, slot);
        slot.node().sigstop();
        Clients.pause(millis);
        slot.node().sigcont();
        event.measure("paused", log.now() - event.began());
        Clients.pause(PAUSE_MILLIS);
        if (timesSilent(others, slot) != before) {
            log.violation(slot + " paused for " + millis + " ms and was given up");
        }
        event.end(log.now());
    }

    /** How often these have given the other one up. */
    private static long timesSilent(List<Slot> observers, Slot subject) {
        return observers.stream()
                .flatMap(observer -> observer.node().log().lines())
                .filter(line -> line.endsWith(subject.name() + " has fallen silent"))
                .count();
    }

    private void cut(int machine) {
        var here = fleet.on(machine);
        var there = fleet.others(here);
        var event = begin(Kind.CUT, here.toString(), Set.of(), Set.copyOf(fleet.hasDatabase(machine) ? there : here));
        here.get(0).machine().cut();
        views.awaitApart(event, here, there, Bounds.SILENCE);
        Clients.pause(random.nextInt(4000));
        here.get(0).machine().heal();
        views.awaitWhole(event, fleet.alive(), Bounds.WHOLE);
        Clients.pause(SETTLE_MILLIS);
        event.end(log.now());
    }
}
