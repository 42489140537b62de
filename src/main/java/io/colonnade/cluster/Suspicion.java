package io.colonnade.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import java.util.function.Consumer;

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
        now.members().stream().filter(member -> !member.heard()).forEach(silent -> before.member(silent.id())
                .filter(known -> known.sameLifeAs(silent) && known.heard())
                .ifPresent(this::suspect));
        before = now;
    }

    /** On a thread of Hazelcast's, as it may wait for a lock. */
    private void suspect(Member silent) {
        node.getNodeEngine()
                .getExecutionService()
                .execute(ExecutionService.SYSTEM_EXECUTOR, () -> node.getClusterService().getMembers().stream()
                        .filter(listed -> !listed.localMember() && Joined.epoch(listed.getUuid()) == silent.epoch())
                        .forEach(listed ->
                                node.getClusterService().suspectMember(listed, "it has fallen silent", true)));
    }
}
