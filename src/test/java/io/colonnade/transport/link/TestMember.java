package io.colonnade.transport.link;

import io.colonnade.cluster.Load;
import io.colonnade.cluster.Member;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A member of one lane, with the tier app. */
public final class TestMember {
    public static Member named(String name, int protocol) {
        return new Member(
                new NodeId(UUID.randomUUID()),
                name,
                7,
                Set.of(Role.APP),
                State.READY,
                Instant.EPOCH,
                1,
                1,
                "machine",
                null,
                new Address("127.0.0.1", 1),
                Presence.NONE,
                List.of(),
                Load.NONE,
                "test",
                protocol,
                true,
                true);
    }

    private TestMember() {}
}
