package io.colonnade.testing;

import io.colonnade.cluster.SharedMap;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A shared map of one process, with the compare-and-set loop of the real map and without a network. */
public final class MapInMemory implements SharedMap {
    public final Map<String, Buffer> entries = new ConcurrentHashMap<>();
    public volatile boolean silent;

    /** Runs once, between the read and the write of the next update: there another member can overtake an update of the real map. */
    public volatile @Nullable Runnable overtake;

    @Override
    public Future<@Nullable Buffer> read(String key) {
        return silent ? timeout() : Future.succeededFuture(entries.get(key));
    }

    @Override
    public Future<@Nullable Buffer> update(String key, Function<@Nullable Buffer, @Nullable Buffer> change) {
        if (silent) {
            return timeout();
        }
        try {
            while (true) {
                var before = entries.get(key);
                var after = change.apply(before);
                var step = overtake;
                overtake = null;
                if (step != null) {
                    step.run();
                }
                if (replaced(key, before, after)) {
                    return Future.succeededFuture(after);
                }
            }
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    @Override
    public Future<Void> remove(String key) {
        entries.remove(key);
        return silent ? timeout() : Future.succeededFuture();
    }

    private boolean replaced(String key, @Nullable Buffer before, @Nullable Buffer after) {
        if (before == null) {
            return after == null ? !entries.containsKey(key) : entries.putIfAbsent(key, after) == null;
        }
        return after == null ? entries.remove(key, before) : entries.replace(key, before, after);
    }

    private static <T> Future<T> timeout() {
        return Future.failedFuture(new TimeoutException("500 ms are over"));
    }
}
