package io.colonnade.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells Hazelcast who has fallen silent, so that it removes them and the maps do not wait for them. */
final class Suspicion implements Consumer<Snapshot> {
    private final Node node;
    private Snapshot before;

    Suspicion(HazelcastInstance hazelcast, Snapshot first) {
        this.node = HazelcastNode.of(hazelcast);
        this.before = first;
    }

    @Override
    public void accept(Snapshot now) {
        var silent = now.members().stream()
                .filter(member -> !member.heard())
                .filter(member -> before.member(member.id())
                        .filter(known -> known.sameLifeAs(member) && known.heard())
                        .isPresent())
                .map(Member::epoch)
                .collect(Collectors.toSet());
        before = now;
        if (!silent.isEmpty()) {
            // A thread of Hazelcast's, as it may wait for a lock.
            node.getNodeEngine().getExecutionService().execute(ExecutionService.SYSTEM_EXECUTOR, () -> suspect(silent));
        }
    }

    /**
     * The youngest first: as soon as all that are older than this node are suspected it takes over from them, and asks all who are
     * not suspected, whose answers it waits for.
     */
    private void suspect(Set<Long> epochs) {
        var cluster = node.getClusterService();
        var members = new ArrayList<>(cluster.getMembers());
        Collections.reverse(members);
        members.stream()
                .filter(member -> !member.localMember() && epochs.contains(Joined.epoch(member.getUuid())))
                .forEach(member -> cluster.suspectMember(member, "it has fallen silent", true));
    }
}
