package io.colonnade.routing;

import io.colonnade.cluster.Member;
import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Members that an exchange was just lost on. They are avoided for a moment, until the membership tells whether they live.
 * Without this, all retries of one exchange could go to a member that has died and is not known to have died. The term in Envoy
 * is outlier detection, of which this is the simplest kind. Any thread.
 */
final class Suspects {
    private static final Duration AVOIDED = Duration.ofSeconds(1);

    private final Clock clock;
    private volatile Map<NodeId, Long> until = Map.of();

    Suspects(Clock clock) {
        this.clock = clock;
    }

    /** Whether there are no suspects, as for almost every exchange; this costs an exchange one read. */
    boolean none() {
        return until.isEmpty();
    }

    synchronized void add(Member member) {
        var all = present();
        all.put(member.id(), clock.nanos() + AVOIDED.toNanos());
        until = Map.copyOf(all);
    }

    boolean contains(Member member) {
        var end = until.get(member.id());
        if (end != null && end - clock.nanos() <= 0) {
            forgetOld();
            return false;
        }
        return end != null;
    }

    private synchronized void forgetOld() {
        until = Map.copyOf(present());
    }

    private Map<NodeId, Long> present() {
        var now = clock.nanos();
        var all = new HashMap<>(until);
        all.values().removeIf(end -> end - now <= 0);
        return all;
    }
}
