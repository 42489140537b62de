package io.colonnade.store.pool;

import io.colonnade.store.server.Server;
import io.colonnade.store.topology.ProbeResult;
import io.colonnade.store.topology.Topology;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One site's pools, one for each server in use. Any thread may call. */
final class ServerPools {
    private final Function<Use, ServerPool> newPool;
    private final Map<Use, ServerPool> open = new ConcurrentHashMap<>();

    /**
     * The purpose of a pool.
     *
     * @param life of the server; after its end the pool is not used again, even if the server is back
     * @param reading whether the pool is for reads only
     * @param waiting whether each read waits until the server has everything that was committed in its Galera cluster before
     */
    record Use(Server server, int life, boolean reading, boolean waiting) {
        private static Use of(ProbeResult result, boolean reading) {
            return new Use(
                    result.server(), result.life(), reading, reading && result.galera() != ProbeResult.Galera.NONE);
        }

        private boolean isOf(ProbeResult result) {
            return result.server().equals(server) && result.life() == life;
        }
    }

    ServerPools(Function<Use, ServerPool> newPool) {
        this.newPool = newPool;
    }

    ServerPool writing(ProbeResult primary) {
        return of(Use.of(primary, false));
    }

    ServerPool reading(ProbeResult reader) {
        return of(Use.of(reader, true));
    }

    private ServerPool of(Use use) {
        var known = open.get(use); // which locks nothing
        var pool = known == null ? open.computeIfAbsent(use, newPool) : known;
        return pool.isRetired() ? inPlaceOf(pool, use) : pool;
    }

    private ServerPool inPlaceOf(ServerPool retired, Use use) {
        open.remove(use, retired);
        return open.computeIfAbsent(use, newPool);
    }

    /** Closes pools that are not used any more: at once if the server is lost, otherwise after the statements that run there. */
    void follow(Topology now) {
        open.forEach((use, pool) -> {
            if (!isWanted(use, now) && open.remove(use, pool)) {
                if (now.servers().stream().anyMatch(each -> use.isOf(each) && each.isUsable())) {
                    pool.retire();
                } else {
                    pool.cut();
                }
            }
        });
    }

    private static boolean isWanted(Use use, Topology now) {
        return use.reading()
                ? now.readers().stream().anyMatch(reader -> use.isOf(reader.result()))
                : now.primary() != null && use.isOf(now.primary());
    }

    int size() {
        return open.values().stream().mapToInt(ServerPool::size).sum();
    }

    int inUse() {
        return open.values().stream().mapToInt(ServerPool::inUse).sum();
    }

    int waiting() {
        return open.values().stream().mapToInt(ServerPool::waiting).sum();
    }

    Future<Void> close() {
        return Future.join(open.values().stream().map(ServerPool::cut).toList()).mapEmpty();
    }
}
