package io.colonnade.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients and resolvers find a member.
 *
 * @param addresses the IP addresses at which clients reach it
 * @param nameServer null without the role dns, and before the name server listens
 */
public record Presence(List<String> addresses, @Nullable NameServer nameServer) {
    /** The presence of a member that has not announced any yet. */
    public static final Presence NONE = new Presence(List.of(), null);

    public Presence {
        addresses = List.copyOf(addresses);
    }
}
