package io.colonnade.transport.frame;

import io.colonnade.core.NodeId;

/** The names of the node's own addresses on the event bus: {@code colonnade:NODE:EPOCH:WHAT}. */
public final class BusAddress {
    static final String PREFIX = "colonnade:";

    static String of(NodeId node, long epoch, String what) {
        return PREFIX + node + ":" + Long.toHexString(epoch) + ":" + what;
    }

    /** An address that is the same in all lives of the node. */
    public static String ofAnyEpoch(NodeId node, String what) {
        return PREFIX + node + ":" + what;
    }

    private BusAddress() {}
}
