package io.colonnade.sim;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures how soon nodes notice that others are gone, and counts those given up that are not. */
final class Watch {
    private final Timeline time;
    private final Map<NodeId, Set<NodeId>> heard = new HashMap<>();
    private final Map<NodeId, Set<NodeId>> gone = new HashMap<>();
    private Findings findings = new Findings();
    private long began;

    Watch(Timeline time) {
        this.time = time;
    }

    /** From now on until the next incident all that is noticed belongs to this one. */
    void begin(Findings newFindings) {
        findings = newFindings;
        began = time.nanos();
        gone.clear();
    }

    /** From now on these observers ought to notice that these others are gone. */
    void expect(Collection<SimulatedNode> observers, Collection<SimulatedNode> subjects) {
        observers.forEach(observer -> subjects.stream()
                .filter(subject -> subject != observer)
                .forEach(subject -> gone.computeIfAbsent(observer.id(), id -> new HashSet<>())
                        .add(subject.id())));
    }

    void changed(SimulatedNode node, Snapshot now) {
        var before = heard.getOrDefault(node.id(), Set.of());
        var after =
                now.members().stream().filter(Member::heard).map(Member::id).collect(Collectors.toUnmodifiableSet());
        heard.put(node.id(), after);
        var expected = gone.getOrDefault(node.id(), new HashSet<>());
        for (var lost : before) {
            if (!after.contains(lost) && node.alive()) {
                if (expected.remove(lost)) {
                    findings.noticed(time.nanos() - began);
                } else if (now.member(lost).isPresent()) {
                    findings.falselyEjected();
                }
            }
        }
    }

    /** How many have not noticed what they ought to. */
    int unnoticed() {
        return gone.values().stream().mapToInt(Set::size).sum();
    }
}
