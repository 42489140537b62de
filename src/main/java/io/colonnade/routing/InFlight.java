package io.colonnade.routing;

import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts exchanges in flight by tier and by the member that this node selected; any thread. */
final class InFlight {
    private final Map<Role, Map<NodeId, AtomicInteger>> counts =
            Map.of(Role.WEB, new ConcurrentHashMap<>(), Role.APP, new ConcurrentHashMap<>());

    /** The counter of one member, the same at every call. */
    AtomicInteger of(Role tier, NodeId member) {
        return counts(tier).computeIfAbsent(member, id -> new AtomicInteger());
    }

    /** Forgets the members that have left. */
    void keepOnly(Set<NodeId> members) {
        counts.values().forEach(byMember -> byMember.keySet().retainAll(members));
    }

    /** Members with none are left out. */
    Map<Role, Map<NodeId, Integer>> counts() {
        var all = new EnumMap<Role, Map<NodeId, Integer>>(Role.class);
        counts.forEach((tier, byMember) -> all.put(tier, present(byMember)));
        return all;
    }

    private Map<NodeId, AtomicInteger> counts(Role tier) {
        var byMember = counts.get(tier);
        if (byMember == null) {
            throw new IllegalArgumentException("no exchange is sent to the tier " + tier.label());
        }
        return byMember;
    }

    private static Map<NodeId, Integer> present(Map<NodeId, AtomicInteger> counters) {
        var values = new HashMap<NodeId, Integer>();
        counters.forEach((member, counter) -> {
            var count = counter.get();
            if (count != 0) {
                values.put(member, count);
            }
        });
        return values;
    }
}
