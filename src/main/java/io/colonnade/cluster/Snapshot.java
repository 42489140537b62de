package io.colonnade.cluster;

import io.colonnade.core.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * The membership at one moment; immutable.
 *
 * @param self this node's id
 * @param members all members, this node among them, in the order they joined
 */
public record Snapshot(NodeId self, List<Member> members) {
    public Optional<Member> member(NodeId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    public Optional<Member> named(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
