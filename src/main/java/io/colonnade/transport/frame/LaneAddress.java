package io.colonnade.transport.frame;

import io.colonnade.core.NodeId;

/**
 * One lane of one life of a node: where batches go.
 *
 * @param epoch the life; batches for an earlier one reach nobody
 * @param lane the index of the lane
 */
public record LaneAddress(NodeId node, long epoch, int lane) {
    /** The event bus address, which the cluster manager resolves from the name alone. */
    public String onBus() {
        return BusAddress.of(node, epoch, "lane-" + lane);
    }
}
