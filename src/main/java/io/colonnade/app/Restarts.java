package io.colonnade.app;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Starts a site again that could not start, for all lanes of the node together, after pauses of 250 ms that double. The first
 * start of each round is a trial on a thread that is no lane's: a start that costs much, or blocks, must not delay the requests of
 * other sites. The lanes start the site only when the trial has succeeded. Any thread may call.
 */
final class Restarts {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /** The database is asked for on other threads, and the site is to be back soon after it. */
    private static final Duration LONGEST_WITHOUT_DATABASE = Duration.ofSeconds(8);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** The site on one lane. */
    interface Lane {
        /** Starts the site once more. */
        void startAgain();

        /** Is told that the trial has failed too. */
        void failedAgain(Throwable cause);
    }

    private final Supplier<Future<Void>> trial;
    private final BiConsumer<Duration, Runnable> timer;
    private final Set<Lane> waiting = new LinkedHashSet<>();
    private Duration pause = FIRST_PAUSE;
    private boolean underWay;

    /**
     * @param trial starts the site off the lanes, and stops it again
     * @param timer runs an action after a pause
     */
    Restarts(Supplier<Future<Void>> trial, BiConsumer<Duration, Runnable> timer) {
        this.trial = trial;
        this.timer = timer;
    }

    /**
     * Whether the cause stays until the site's jar is another: its classes do not fit together or do not fit the node, or its scripts
     * are wrong.
     */
    static boolean isFinal(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof LinkageError || isOf(each, Kind.SITE_UNAVAILABLE)) {
                return true;
            }
        }
        return false;
    }

    /** Starts the site on the lane again, unless the cause is final. */
    synchronized void failed(Lane lane, Throwable cause) {
        if (isFinal(cause)) {
            return;
        }
        waiting.add(lane);
        if (!underWay) {
            underWay = true;
            timer.accept(nextPause(cause), this::tryAgain);
        }
    }

    /** Takes away a lane that is closed. */
    synchronized void forget(Lane lane) {
        waiting.remove(lane);
    }

    private Duration nextPause(Throwable cause) {
        var longest = isOf(cause, Kind.DATABASE_UNAVAILABLE) ? LONGEST_WITHOUT_DATABASE : LONGEST_PAUSE;
        var next = pause.compareTo(longest) < 0 ? pause : longest;
        pause = next.multipliedBy(2);
        return next;
    }

    private void tryAgain() {
        synchronized (this) {
            if (waiting.isEmpty()) {
                underWay = false;
                return;
            }
        }
        trial.get().onSuccess(v -> taken().forEach(Lane::startAgain)).onFailure(cause -> taken().forEach(
                        lane -> lane.failedAgain(cause)));
    }

    /** The lanes that have waited; those that fail from now on begin another round. */
    private synchronized List<Lane> taken() {
        var lanes = List.copyOf(waiting);
        waiting.clear();
        underWay = false;
        return lanes;
    }

    private static boolean isOf(Throwable cause, Kind kind) {
        return cause instanceof Failure failure && failure.kind() == kind;
    }
}
