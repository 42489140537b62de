package io.colonnade.cluster;

import com.hazelcast.map.IMap;
import io.colonnade.core.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the entries of a shared map that nobody has read or changed for a time. Each member looks after the entries that it owns, and
 * measures by its monotonic clock how long an entry has been the same: no wall clock of any member matters, whether it steps or is
 * wrong. If an entry gets another owner, its time begins again.
 *
 * <p>Hazelcast's own expiry compares wall clocks of the owner, and of owners before it.
 */
final class IdleEntries {
    private static final Logger log = LoggerFactory.getLogger(IdleEntries.class);

    private static final int AT_ONCE = 256;

    private record Sight(int hash, long since) {}

    private final IMap<String, byte[]> map;
    private final long idleNanos;
    private final Clock clock;
    private Map<String, Sight> seen = new HashMap<>();

    IdleEntries(IMap<String, byte[]> map, Duration idle, Clock clock) {
        this.map = map;
        this.idleNanos = idle.toNanos();
        this.clock = clock;
    }

    /** Looks at all entries that this node owns. Blocks; to be called several times within the time that entries may be idle. */
    void sweep() {
        try {
            var now = clock.nanos();
            var own = map.localKeySet();
            var next = new HashMap<String, Sight>();
            for (var keys = own.iterator(); keys.hasNext(); ) {
                map.getAll(some(keys)).forEach((key, value) -> look(key, value, now, next));
            }
            seen = next;
        } catch (RuntimeException stopping) {
            // An exception would end the schedule; a later sweep may succeed.
            log.debug("idle entries are looked for again later: {}", stopping.toString());
        }
    }

    /** Not all at once, because that would be a second copy of all values. */
    private static Set<String> some(Iterator<String> keys) {
        var some = new HashSet<String>();
        while (keys.hasNext() && some.size() < AT_ONCE) {
            some.add(keys.next());
        }
        return some;
    }

    private void look(String key, byte[] value, long now, Map<String, Sight> next) {
        var hash = Arrays.hashCode(value);
        var before = seen.get(key);
        var sight = before != null && before.hash() == hash ? before : new Sight(hash, now);
        if (now - sight.since() > idleNanos) {
            map.executeOnKey(key, new CompareAndSet(value, null));
        } else {
            next.put(key, sight);
        }
    }
}
