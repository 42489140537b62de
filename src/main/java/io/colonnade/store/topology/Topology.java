package io.colonnade.store.topology;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All servers as the last probes found them.
 *
 * @param primary the server that is written to; null while there is none
 * @param readers the servers that reads may be spread over: replicas, or the other members of a Galera cluster
 * @param servers all servers, in the configured order
 */
public record Topology(@Nullable ProbeResult primary, List<Reader> readers, List<ProbeResult> servers) {
    public static final Topology UNKNOWN = new Topology(null, List.of(), List.of());

    /**
     * A server that can be read from.
     *
     * @param complete whether every read there sees all that was committed anywhere before it
     * @param upTo everything that was committed before this instant, by the primary's clock, can be seen there
     * @param upToNanos the same instant by this node's clock
     */
    public record Reader(ProbeResult result, boolean complete, Instant upTo, long upToNanos) {}

    /** Whether there are servers that may be behind the primary. */
    public boolean hasReplicas() {
        return readers.stream().anyMatch(reader -> !reader.complete());
    }

    /** Whether the server that is written to has no space on its disk, and so must not be written to. */
    public boolean full() {
        return primary != null && primary.full();
    }

    /** Why nothing can be written; empty if something can be. */
    public String problem() {
        if (primary != null) {
            return "";
        }
        return servers.isEmpty()
                ? "no server is known yet"
                : servers.stream()
                        .map(each -> each.server().address() + ": " + (each.isUsable() ? role(each) : each.problem()))
                        .collect(Collectors.joining(", "));
    }

    /** The role of the result's server, as the status shows it. */
    public String role(ProbeResult result) {
        if (!result.isUsable()) {
            return "unusable";
        }
        if (primary != null && primary.server().equals(result.server())) {
            return "primary";
        }
        return switch (result.galera()) {
            case SYNCED, DONOR -> "member";
            case NONE, NOT_READY -> result.readOnly() ? "replica" : "not used";
        };
    }
}
