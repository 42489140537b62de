package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.topology.Monitor;
import io.colonnade.store.topology.Topology;
import io.colonnade.store.topology.Topology.Reader;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Connections for reads. A read goes to a server that has everything the request must see and is behind by at most the limit. Of two such
 * servers, taken at random, it is the one with the lower cost, which is the latency of its probes times the statements that run there
 * (M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001). Without such a server, reads go to the primary.
 */
final class ReaderConnections implements Connections {
    private final Monitor monitor;
    private final ServerPools pools;
    private final Connections primary;
    private final long maxLagNanos;
    private final Clock clock;
    private final RandomGenerator random;
    private volatile Choices choices = new Choices(Topology.UNKNOWN, List.of());

    /** The readers of a topology with their pools, looked up once for all statements until the next topology. */
    private record Choices(Topology topology, List<Choice> all) {}

    private record Choice(Reader reader, ServerPool pool) {
        long cost() {
            return reader.result().latencyNanos() * (1 + pool.inUse());
        }
    }

    ReaderConnections(
            Monitor monitor,
            ServerPools pools,
            Connections primary,
            Duration maxLag,
            Clock clock,
            RandomGenerator random) {
        this.monitor = monitor;
        this.pools = pools;
        this.primary = primary;
        this.maxLagNanos = maxLag.toNanos();
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Future<StatementGuard> acquire() {
        var choice = choose(fit(monitor.topology()));
        if (choice == null) {
            return primary.acquire();
        }
        return choice.pool().acquire().recover(cause -> {
            monitor.suspect(choice.reader().result().server());
            return primary.acquire();
        });
    }

    private @Nullable Choice choose(List<Choice> fit) {
        var count = fit.size();
        if (count < 2) {
            return count == 0 ? null : fit.get(0);
        }
        var first = random.nextInt(count);
        var one = fit.get(first);
        var other = fit.get((first + 1 + random.nextInt(count - 1)) % count);
        return one.cost() <= other.cost() ? one : other;
    }

    private List<Choice> fit(Topology topology) {
        var all = choices(topology);
        if (all.isEmpty()) {
            return all;
        }
        var requester = RequesterLocal.present();
        var now = clock.nanos();
        var fit = new ArrayList<Choice>(all.size());
        for (var choice : all) {
            if (isFresh(choice.reader(), topology, now)
                    && (requester == null
                            || requester.isServedBy(choice.reader().upTo()))) {
                fit.add(choice);
            }
        }
        return fit;
    }

    private List<Choice> choices(Topology topology) {
        var known = choices;
        if (!known.topology().equals(topology)) {
            known = new Choices(
                    topology,
                    topology.readers().stream()
                            .map(reader -> new Choice(reader, pools.reading(reader.result())))
                            .toList());
            choices = known;
        }
        return known.all();
    }

    /** While there is no primary, nothing new is committed, so no server falls behind. */
    private boolean isFresh(Reader reader, Topology topology, long now) {
        return reader.complete() || topology.primary() == null || now - reader.upToNanos() <= maxLagNanos;
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
