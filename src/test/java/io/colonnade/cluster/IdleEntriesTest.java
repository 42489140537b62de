package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.colonnade.core.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IdleEntriesTest {
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final ManualClock clock = new ManualClock();
    private final Map<String, byte[]> owned = new TreeMap<>();
    private final IdleEntries entries = new IdleEntries(map(), IDLE, clock);

    @Test
    void removesWhatHasBeenTheSameForTooLong() {
        owned.put("idle", new byte[] {1});
        owned.put("read", new byte[] {1});
        entries.sweep();
        clock.advance(IDLE);
        owned.put("read", new byte[] {2});
        entries.sweep();
        assertThat(owned).containsOnlyKeys("idle", "read");
        clock.advance(Duration.ofNanos(1));
        entries.sweep();
        assertThat(owned).containsOnlyKeys("read");
    }

    @Test
    void beginsAgainWithWhatItDidNotOwn() {
        owned.put("moved", new byte[] {1});
        entries.sweep();
        clock.advance(IDLE.multipliedBy(2));
        var away = owned.remove("moved");
        entries.sweep();
        owned.put("moved", away);
        entries.sweep();
        clock.advance(IDLE);
        entries.sweep();
        assertThat(owned).containsOnlyKeys("moved");
    }

    @Test
    void looksAtMoreThanItAsksForAtOnce() {
        for (var i = 0; i < 1000; i++) {
            owned.put("key" + i, new byte[] {(byte) i});
        }
        entries.sweep();
        clock.advance(IDLE.plusNanos(1));
        entries.sweep();
        assertThat(owned).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private IMap<String, byte[]> map() {
        return (IMap<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {IMap.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "localKeySet" -> Set.copyOf(owned.keySet());
                    case "getAll" ->
                        ((Set<String>) arguments[0]).stream().collect(Collectors.toMap(key -> key, owned::get));
                    case "executeOnKey" -> owned.remove((String) arguments[0]) != null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
