package io.colonnade.transport;

import io.colonnade.core.NodeId;

/**
 * One lane of one life of a node: where batches go.
 *
 * @param epoch the life; batches for an earlier one reach nobody
 * @param lane the index of the lane
 */
record LaneAddress(NodeId node, long epoch, int lane) {
    /** The event bus address, which the cluster manager resolves from the name alone. */
    String onBus() {
        return BusAddress.of(node, epoch, "lane-" + lane);
    }
}
