package io.colonnade.chaos;

/**
 * One request of the log. Times are milliseconds since the run began.
 *
 * @param slot whose balancer it was sent to
 * @param what its method and path
 * @param status of the answer; 0 if there was none
 * @param failure what went wrong, empty if nothing
 */
record Request(Slot slot, String what, Promise promise, long began, long ended, int status, String failure) {
    /** What the cluster promises of a request. */
    enum Promise {
        /** It is answered whatever is lost behind the balancer. */
        ANSWERED,
        /** The same, while the database is there. */
        ANSWERED_WITH_DATABASE,
        /** The same, while no member comes or goes: who waits for one that has a session is told so after half a second. */
        ANSWERED_WITH_SESSION,
        /** Not to be done twice: it may fail, and then the client repeats it with its key. */
        DONE_ONCE,
        /** It stays open while all nodes live and stay. */
        STAYS_OPEN
    }

    boolean failed() {
        return !failure.isEmpty();
    }

    /** Whether the promise was broken, unless an event excuses it. */
    boolean breaksPromise() {
        return failed() && (promise != Promise.DONE_ONCE || (status >= 400 && status < 500));
    }

    /** Whether a failure is no wonder because of the event. */
    boolean isExcusedBy(Event event) {
        if (!event.overlaps(began, ended)) {
            return false;
        }
        return event.hits(slot)
                || switch (promise) {
                    case ANSWERED -> false;
                    case ANSWERED_WITH_DATABASE -> status == 503 && event.takesDatabaseFrom(slot);
                    case ANSWERED_WITH_SESSION ->
                        event.splits() || (event.kind().ofNodes() && status == 503);
                    case DONE_ONCE -> event.splits();
                    case STAYS_OPEN -> event.kind().ofNodes();
                };
    }

    @Override
    public String toString() {
        return String.format("%.3f s: %s at %s after %d ms: %s", began / 1000.0, what, slot, ended - began, failure);
    }
}
