package io.colonnade.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every request, every event, and what went against a promise; any thread. */
final class Log {
    private static final long ABOUT_MILLIS = 5000;

    private final Timer timer = new Timer();
    private final List<Request> requests = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    long now() {
        return timer.now();
    }

    synchronized void add(Request request) {
        requests.add(request);
    }

    synchronized void begin(Event event) {
        events.add(event);
        say(event.began(), event.kind().label() + " " + event.what());
    }

    synchronized void violation(String what) {
        violations.add(String.format("%.3f s: %s", now() / 1000.0, what));
        say(now(), "VIOLATION: " + what);
    }

    /** What the run prints as it goes. */
    void say(long at, String what) {
        System.out.printf("%8.3f %s%n", at / 1000.0, what);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Broken promises that no event excuses, and everything else that ought not to be. */
    synchronized List<String> violations() {
        var all = new ArrayList<>(violations);
        requests.stream()
                .filter(request -> request.breaksPromise() && !excused(request))
                .map(request -> request + "; about then: " + eventsAbout(request))
                .forEach(all::add);
        return all;
    }

    private List<String> eventsAbout(Request request) {
        return events.stream()
                .filter(event -> event.overlaps(request.began() - ABOUT_MILLIS, request.ended()))
                .map(Event::toString)
                .toList();
    }

    /** The event that excuses a failure, the first of several. */
    synchronized Optional<Event> excuse(Request request) {
        return events.stream().filter(request::isExcusedBy).findFirst();
    }

    boolean excused(Request request) {
        return excuse(request).isPresent();
    }
}
