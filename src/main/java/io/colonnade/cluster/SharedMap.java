package io.colonnade.cluster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map that the cluster's members share, with one backup: one node may be lost at a time.
 *
 * <p>Every operation has a time limit ({@code cluster.map-time-limit}, default 500 ms) and fails with a {@link
 * java.util.concurrent.TimeoutException} after it. Futures complete on the context of the caller.
 */
public interface SharedMap {
    /** The value, or null if there is none. Reading renews the idle time-out. */
    Future<@Nullable Buffer> read(String key);

    /**
     * Replaces the value atomically: {@code change} gets the present value (null if there is none) and gives the new one
     * (null removes). It may be called several times and on a worker thread, so it must have no effects of its own. Completes
     * with the new value.
     */
    Future<@Nullable Buffer> update(String key, Function<@Nullable Buffer, @Nullable Buffer> change);

    Future<Void> remove(String key);
}
