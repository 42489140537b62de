package io.colonnade.store;

import io.colonnade.cluster.SharedMap;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A shared map of a cluster of one process. */
public final class LocalMap implements SharedMap {
    private final Map<String, Buffer> values = new ConcurrentHashMap<>();

    @Override
    public Future<@Nullable Buffer> read(String key) {
        return Future.succeededFuture(values.get(key));
    }

    @Override
    public Future<@Nullable Buffer> update(String key, Function<@Nullable Buffer, @Nullable Buffer> change) {
        return Future.succeededFuture(values.compute(key, (same, present) -> change.apply(present)));
    }

    @Override
    public Future<Void> remove(String key) {
        values.remove(key);
        return Future.succeededFuture();
    }
}
