package io.colonnade.transport.frame;

import io.colonnade.core.NodeId;

/**
 * One lane of one life of a node: the destination of batches.
 *
 * @param epoch the life; batches for an earlier life reach nobody
 * @param lane the index of the lane
 */
public record LaneAddress(NodeId node, long epoch, int lane) {
    /** The event bus address. The cluster manager resolves it from the name alone. */
    public String onBus() {
        return BusAddress.of(node, epoch, "lane-" + lane);
    }
}
