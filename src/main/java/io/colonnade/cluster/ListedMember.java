package io.colonnade.cluster;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.hazelcast.config.MemberAttributeConfig;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A member as Hazelcast lists it. It has what was fixed when the node started, which the others learn from the attributes of the
 * member.
 *
 * @param id chosen by the node when it starts. Hazelcast's own identity of a member does not serve: it changes when the member
 *     rejoins, while the event bus keeps its node id for the life of the process
 * @param epoch taken from Hazelcast's identity of the member, so that it is fresh at every start and rejoin, and every member
 *     agrees on it without a message
 */
record ListedMember(
        NodeId id,
        long epoch,
        String name,
        Set<Role> roles,
        int lanes,
        String machine,
        String version,
        int protocol,
        String host) {

    /** The attribute in which the event bus's cluster manager finds the node id. */
    static final String NODE_ID = "__vertx.nodeId";

    static final String NAME = "name";

    private static final String PROTOCOL = "protocol";

    static MemberAttributeConfig attributes(LocalNode self, NodeId id, String machine) {
        return new MemberAttributeConfig()
                .setAttribute(NODE_ID, id.toString())
                .setAttribute(NAME, self.name())
                .setAttribute("roles", self.roles().stream().map(Role::name).collect(joining(",")))
                .setAttribute("lanes", Integer.toString(self.lanes()))
                .setAttribute("machine", machine)
                .setAttribute("version", self.version())
                .setAttribute(PROTOCOL, Integer.toString(self.protocol()));
    }

    /** Empty for a member of Hazelcast that is not a node of Colonnade. */
    static Optional<ListedMember> of(com.hazelcast.cluster.Member member) {
        var id = member.getAttribute(NODE_ID);
        var name = member.getAttribute(NAME);
        if (id == null || name == null) {
            return Optional.empty();
        }
        return Optional.of(new ListedMember(
                NodeId.parse(id),
                epoch(member.getUuid()),
                name,
                roles(member.getAttribute("roles")),
                Integer.parseInt(member.getAttribute("lanes")),
                member.getAttribute("machine"),
                member.getAttribute("version"),
                protocol(member),
                member.getAddress().getHost()));
    }

    /** The {@link LocalNode#protocol} of a member. */
    static int protocol(com.hazelcast.cluster.Member member) {
        return Integer.parseInt(member.getAttribute(PROTOCOL));
    }

    /** The 48 bits before the version of a random identity: numbers of JSON, which may be doubles, carry them exactly. */
    static long epoch(UUID hazelcast) {
        return hazelcast.getMostSignificantBits() >>> 16;
    }

    private static Set<Role> roles(String names) {
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(Role::valueOf)
                .collect(toUnmodifiableSet());
    }
}
