package io.colonnade.sim;

import io.colonnade.core.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Virtual time: what is to happen at which instant. Events of one instant happen in the order in which they were planned. */
final class Timeline implements Clock {
    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Event> planned = new PriorityQueue<>();
    private long now;
    private long events;

    /** Plans an event for so many nanoseconds from now. */
    void after(long delay, Runnable what) {
        planned.add(new Event(now + delay, events++, what));
    }

    void after(Duration delay, Runnable what) {
        after(delay.toNanos(), what);
    }

    /** Lets so much time pass. */
    void pass(Duration time) {
        var end = now + time.toNanos();
        for (var next = planned.peek(); next != null && next.at <= end; next = planned.peek()) {
            planned.remove();
            now = next.at;
            next.what.run();
        }
        now = end;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }
}
