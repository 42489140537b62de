package io.colonnade.cluster;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import io.colonnade.cluster.CombinedUpdates.Change;
import io.colonnade.core.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shared map in Hazelcast, used by its asynchronous operations alone: no thread waits for an owner that does not answer.
 *
 * <p>Each value has a stamp, the cluster's time of its last write. A read writes the entry again once a tenth of the idle time has passed
 * since then, which shows its owner that it is not idle (see {@link IdleEntries}).
 */
final class HazelcastMap implements SharedMap {
    private final IMap<String, byte[]> map;
    private final StoredValues values;
    private final long maxIdleMillis;
    private final Duration timeLimit;
    private final BooleanSupplier doubted;
    private final Clock clock;
    private final ClusterTime time;
    private final CombinedUpdates updates = new CombinedUpdates(this::round);

    /** @param doubted whether what this node has of the map may be stale; operations then fail at once */
    HazelcastMap(
            IMap<String, byte[]> map,
            StoredValues values,
            Duration maxIdle,
            Duration timeLimit,
            BooleanSupplier doubted,
            Clock clock,
            ClusterTime time) {
        this.map = map;
        this.values = values;
        this.maxIdleMillis = maxIdle.toMillis();
        this.timeLimit = timeLimit;
        this.doubted = doubted;
        this.clock = clock;
        this.time = time;
    }

    @Override
    public Future<@Nullable Buffer> read(String key) {
        return limited("read", key, get(key).map(stored -> {
            var value = values.value(key, stored);
            if (stored != null && value != null && isDue(stored)) {
                set(key, stored, values.of(key, value, stamp(stored)));
            }
            return value;
        }));
    }

    @Override
    public Future<@Nullable Buffer> update(String key, Function<@Nullable Buffer, @Nullable Buffer> change) {
        return limited("update", key, updates.change(key, change));
    }

    @Override
    public Future<Void> remove(String key) {
        return limited(
                "remove",
                key,
                start(() -> map.deleteAsync(StoredValues.key(key))).mapEmpty());
    }

    private Future<?> round(String key, List<Change> changes) {
        return limited("update", key, tryRound(key, changes, clock.nanos() + timeLimit.toNanos()));
    }

    private Future<Void> tryRound(String key, List<Change> changes, long deadline) {
        return get(key).compose(stored -> {
            if (clock.nanos() - deadline > 0) {
                return Future.failedFuture(new TimeoutException());
            }
            var value = values.value(key, stored);
            for (var change : changes) {
                value = change.applyTo(value);
            }
            return set(key, stored, values.of(key, value, stamp(stored)))
                    .compose(done -> done ? made(changes) : tryRound(key, changes, deadline));
        });
    }

    private static Future<Void> made(List<Change> changes) {
        changes.forEach(Change::made);
        return Future.succeededFuture();
    }

    /** Whether the entry is to be written again: to stay alive, or because another secret is used by now. */
    private boolean isDue(byte[] stored) {
        var age = Math.abs(time.millis() - StoredValues.stamp(stored));
        return (maxIdleMillis > 0 && age > maxIdleMillis / Cluster.READS_PER_IDLE) || !values.isCurrent(stored);
    }

    /** Later than what it replaces, whatever the time is: the order of the writes of an entry is theirs. */
    private long stamp(byte @Nullable [] replaced) {
        return replaced == null ? time.millis() : Math.max(time.millis(), StoredValues.stamp(replaced) + 1);
    }

    private Future<byte @Nullable []> get(String key) {
        return start(() -> map.getAsync(StoredValues.key(key)));
    }

    private Future<Boolean> set(String key, byte @Nullable [] expected, byte @Nullable [] next) {
        return start(() -> map.submitToKey(StoredValues.key(key), new CompareAndSet(expected, next)));
    }

    private <T extends @Nullable Object> Future<T> limited(String operation, String key, Future<T> future) {
        return future.timeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(
                        cause instanceof TimeoutException
                                ? new TimeoutException(operation + " of \"" + key + "\" in map " + map.getName()
                                        + " took longer than " + timeLimit.toMillis()
                                        + " ms; is a member of the cluster frozen?")
                                : cause));
    }

    private <T extends @Nullable Object> Future<T> start(Supplier<CompletionStage<T>> operation) {
        if (doubted.getAsBoolean()) {
            return Future.failedFuture(
                    new IllegalStateException(
                            "this node stood still for so long that the others have given it up; it answers when it has rejoined"));
        }
        try {
            var context = Vertx.currentContext();
            var stage = operation.get();
            return context == null ? Future.fromCompletionStage(stage) : Future.fromCompletionStage(stage, context);
        } catch (HazelcastException | IllegalStateException stopped) {
            return Future.failedFuture(stopped);
        }
    }
}
