package io.colonnade.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the world finds a member.
 *
 * @param addresses the IP addresses at which clients reach it
 * @param nameServer null without the role dns, and before it listens
 */
public record Presence(List<String> addresses, @Nullable NameServer nameServer) {
    /** Of a member that has not told yet. */
    public static final Presence NONE = new Presence(List.of(), null);

    public Presence {
        addresses = List.copyOf(addresses);
    }
}
