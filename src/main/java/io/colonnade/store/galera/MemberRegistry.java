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

/** The cluster's record of its Galera servers: a single entry of a shared map, because all reports are read together. */
public record MemberRegistry(SharedMap map) {
    private static final String KEY = "galera";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    /** All recorded reports; empty if there never was one. */
    public Future<Optional<GaleraMembers>> recorded() {
        return map.read(KEY).map(value -> Optional.ofNullable(value).map(GaleraMembers::parse));
    }

    /**
     * Records a member's report, and returns all reports. Blocks, as {@link #updated} does.
     *
     * @throws IOException if the cluster has no answer within 2 s
     */
    GaleraMembers told(GaleraMember self) throws IOException, InterruptedException {
        var recorded = GaleraMembers.parse(await(map.read(KEY)));
        return recorded.member(self.identity()).filter(self::equals).isPresent()
                ? recorded
                : updated(present -> present.with(self));
    }

    /** Changes the entry atomically; the change may be applied several times. */
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
