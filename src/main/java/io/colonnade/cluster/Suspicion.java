package io.colonnade.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells Hazelcast which members have fallen silent, so that it removes them and the maps do not wait for them.
 *
 * <p>When all members older than this node are suspected, Hazelcast makes this node take over from them. It then asks every
 * member that is not suspected, and waits 5 s for each that does not answer. The members that a cut network takes away fall
 * silent within one beat of each other. So before this node takes over, they are gathered, and the youngest is suspected first.
 */
final class Suspicion implements Consumer<Snapshot> {
    private final Node node;
    private final Duration gathering;
    private Snapshot before;
    private volatile Set<Long> silent = Set.of();

    Suspicion(HazelcastInstance hazelcast, ClusterConfig config, Snapshot first) {
        this.node = HazelcastNode.of(hazelcast);
        this.gathering = config.beatInterval().multipliedBy(2);
        this.before = first;
    }

    @Override
    public void accept(Snapshot now) {
        var told = silent;
        var all = now.members().stream()
                .filter(member -> !member.heard())
                .filter(member -> told.contains(member.epoch()) || wasHeard(member))
                .map(Member::epoch)
                .collect(Collectors.toSet());
        silent = all;
        before = now;
        if (!told.containsAll(all)) {
            var delay = takesOver(now) ? gathering.toMillis() : 0;
            // A thread of Hazelcast's, as it may wait for a lock.
            var unused = node.getNodeEngine()
                    .getExecutionService()
                    .schedule(ExecutionService.SYSTEM_EXECUTOR, this::suspect, delay, TimeUnit.MILLISECONDS);
        }
    }

    private boolean wasHeard(Member member) {
        return before.member(member.id())
                .filter(known -> known.sameLifeAs(member) && known.heard())
                .isPresent();
    }

    private boolean takesOver(Snapshot now) {
        var older = now.members().stream()
                .takeWhile(member -> !member.id().equals(now.self()))
                .toList();
        return !older.isEmpty() && older.stream().allMatch(member -> silent.contains(member.epoch()));
    }

    private void suspect() {
        var cluster = node.getClusterService();
        var members = new ArrayList<>(cluster.getMembers());
        Collections.reverse(members);
        members.stream()
                .filter(member -> !member.localMember() && silent.contains(ListedMember.epoch(member.getUuid())))
                .forEach(member -> cluster.suspectMember(member, "it has fallen silent", true));
    }
}
