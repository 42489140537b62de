package io.colonnade.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One thing that happened, and which requests it excuses. Times are milliseconds since the run began; an event that is not over
 * lasts for ever.
 */
final class Event {
    private final Kind kind;
    private final String what;
    private final long began;
    private final Set<Slot> victims;
    private final Set<Slot> withoutDatabase;
    private final List<Measurement> measured = new ArrayList<>();
    private volatile long ended = Long.MAX_VALUE;

    /** How long something took that has a bound. */
    record Measurement(String what, long millis) {
        @Override
        public String toString() {
            return what + " " + millis;
        }
    }

    /**
     * @param victims whose balancers nothing is expected of
     * @param withoutDatabase whose balancers may answer 503 to what needs the database
     */
    Event(Kind kind, String what, long began, Set<Slot> victims, Set<Slot> withoutDatabase) {
        this.kind = kind;
        this.what = what;
        this.began = began;
        this.victims = victims;
        this.withoutDatabase = withoutDatabase;
    }

    Kind kind() {
        return kind;
    }

    String what() {
        return what;
    }

    long began() {
        return began;
    }

    long ended() {
        return ended;
    }

    void end(long now) {
        ended = now;
    }

    synchronized void measure(String name, long millis) {
        measured.add(new Measurement(name, millis));
    }

    synchronized List<Measurement> measured() {
        return List.copyOf(measured);
    }

    boolean overlaps(long from, long to) {
        return from <= ended && to >= began;
    }

    boolean hits(Slot slot) {
        return victims.contains(slot);
    }

    boolean takesDatabaseFrom(Slot slot) {
        return withoutDatabase.contains(slot);
    }

    @Override
    public String toString() {
        return String.format("%s %s at %.1f s %s", kind.label(), what, began / 1000.0, measured());
    }

    /** Whether it lets a member fall silent, so that what the members keep in common may be late or old. */
    boolean splits() {
        return kind == Kind.CUT || kind == Kind.FREEZE;
    }
}
