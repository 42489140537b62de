package io.colonnade.store.galera;

import io.colonnade.cluster.SharedMap;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the cluster has recorded of its Galera servers: one entry of a shared map, as they are only told together. */
public record MemberRegistry(SharedMap map) {
    private static final String KEY = "galera";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    /** Empty if no server was ever told of. */
    public Future<Optional<GaleraMembers>> recorded() {
        return map.read(KEY).map(value -> Optional.ofNullable(value).map(GaleraMembers::parse));
    }

    /**
     * Sees to it that the cluster knows what a member tells; gives what it knows of all. Blocks, as {@link #updated} does.
     *
     * @throws IOException if the cluster has no answer within 2 s
     */
    GaleraMembers told(GaleraMember self) throws IOException, InterruptedException {
        var recorded = GaleraMembers.parse(await(map.read(KEY)));
        return recorded.member(self.identity()).filter(self::equals).isPresent()
                ? recorded
                : updated(present -> present.with(self));
    }

    /** Changes the entry, in one step for all nodes; the change may be asked for several times. */
    GaleraMembers updated(UnaryOperator<GaleraMembers> change) throws IOException, InterruptedException {
        return GaleraMembers.parse(await(map.update(
                KEY, present -> change.apply(GaleraMembers.parse(present)).toBuffer())));
    }

    private static @Nullable Buffer await(Future<@Nullable Buffer> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException(
                    "the cluster does not say what its Galera servers do: " + failed.getMessage(), failed);
        }
    }
}
