package io.colonnade.cluster;

import io.colonnade.core.Clock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * How far the wall clocks of other members are from this node's. Nothing of the cluster depends on them, but certificates, caches
 * and people who read logs do. One thread reports beats; any thread may ask.
 */
final class ClockSkew {
    private static final Logger log = ClusterLog.LOGGER;
    private static final long TOLD_MILLIS = 1000;

    /** Beats may have waited on their way, and then many at once while a node starts: only those of some time tell. */
    private static final long OFF_FOR = Duration.ofSeconds(5).toNanos();

    private final Clock clock;
    private final Map<String, Long> offSince = new HashMap<>();
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    ClockSkew(Clock clock) {
        this.clock = clock;
    }

    /** Forgets what is known of members that have left. On the thread that reports beats. */
    void keepOnly(Set<String> members) {
        offSince.keySet().retainAll(members);
        told.keySet().retainAll(members);
    }

    /** A beat says what its sender's wall clock showed. */
    void hear(String member, long wallMillis) {
        var ahead = wallMillis - clock.now().toEpochMilli();
        if (Math.abs(ahead) <= TOLD_MILLIS) {
            offSince.remove(member);
            if (told.remove(member) != null) {
                log.info("the clock of {} agrees with this node's again", member);
            }
        } else if (isOffForLong(member) && told.put(member, ahead) == null) {
            log.warn(
                    "the clock of {} is {} s {} this node's; set both by NTP",
                    member,
                    Math.abs(ahead) / 1000,
                    ahead > 0 ? "ahead of" : "behind");
        }
    }

    private boolean isOffForLong(String member) {
        var now = clock.nanos();
        return now - offSince.computeIfAbsent(member, first -> now) >= OFF_FOR;
    }

    /** The members with another time, and by how many seconds they are ahead. */
    JsonObject status() {
        var seconds = new JsonObject();
        told.forEach((member, ahead) -> seconds.put(member, ahead / 1000.0));
        return seconds;
    }
}
