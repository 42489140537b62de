package io.colonnade.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;

/** Gives access to the parts of Hazelcast that its API does not show. */
final class HazelcastNode {
    private HazelcastNode() {}

    static Node of(HazelcastInstance hazelcast) {
        return ((HazelcastInstanceProxy) hazelcast).getOriginal().node;
    }
}
