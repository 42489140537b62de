package io.colonnade.store;

import io.colonnade.core.Clock;
import io.colonnade.store.Topology.Reader;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Connections for reads: to a server that has all that the request must see and is behind by at most the limit; of two such
 * at random, the one whose answers take less, by the latency of its probes and what runs there (M. Mitzenmacher, The Power
 * of Two Choices in Randomized Load Balancing, 2001). Without any, to the primary.
 */
final class ReaderConnections implements Connections {
    private final Monitor monitor;
    private final LanePools pools;
    private final Connections primary;
    private final Duration maxLag;
    private final Clock clock;
    private final RandomGenerator random;

    ReaderConnections(
            Monitor monitor,
            LanePools pools,
            Connections primary,
            Duration maxLag,
            Clock clock,
            RandomGenerator random) {
        this.monitor = monitor;
        this.pools = pools;
        this.primary = primary;
        this.maxLag = maxLag;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Future<Guard> acquire() {
        var topology = monitor.topology();
        var reader = topology.readers().isEmpty() ? null : choose(topology);
        if (reader == null) {
            return primary.acquire();
        }
        return pools.reading(reader.sighting()).acquire().recover(cause -> {
            monitor.suspect(reader.sighting().server());
            return primary.acquire();
        });
    }

    private @Nullable Reader choose(Topology topology) {
        var fit = topology.readers().stream()
                .filter(reader -> isFresh(reader, topology))
                .toList();
        if (fit.isEmpty()) {
            return null;
        }
        var first = random.nextInt(fit.size());
        var one = fit.get(first);
        var other = fit.get((first + 1 + random.nextInt(Math.max(1, fit.size() - 1))) % fit.size());
        return cost(one) <= cost(other) ? one : other;
    }

    /** While there is no primary nothing new is committed, so that nobody falls behind. */
    private boolean isFresh(Reader reader, Topology topology) {
        return Requester.current().map(each -> each.isServedBy(reader.upTo())).orElse(true)
                && (reader.complete()
                        || topology.primary() == null
                        || clock.nanos() - reader.upToNanos() <= maxLag.toNanos());
    }

    private long cost(Reader reader) {
        return reader.sighting().latencyNanos()
                * (1 + pools.reading(reader.sighting()).inUse());
    }

    @Override
    public int size() {
        return pools.size();
    }

    @Override
    public Future<Void> close() {
        return pools.close();
    }
}
