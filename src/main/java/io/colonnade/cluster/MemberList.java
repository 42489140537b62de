package io.colonnade.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Hazelcast's list of members in our terms. As it is asked for at every beat, it is only read anew when it has changed. */
final class MemberList implements Supplier<List<ListedMember>> {
    private final Cluster hazelcast;
    private List<UUID> identities = List.of();
    private List<ListedMember> members = List.of();

    MemberList(Cluster hazelcast) {
        this.hazelcast = hazelcast;
    }

    @Override
    public List<ListedMember> get() {
        var listed = hazelcast.getMembers();
        var now = listed.stream().map(Member::getUuid).toList();
        if (!now.equals(identities)) {
            members = listed.stream()
                    .map(ListedMember::of)
                    .flatMap(Optional::stream)
                    .toList();
            identities = now;
        }
        return members;
    }
}
